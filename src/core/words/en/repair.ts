import type { Numbers } from '../numbers.ts';
import type { CropReason, RepairWords, ToldSize } from '../words.ts';

/** What a repair did, in English. */
export function repairIn({ number, degrees }: Numbers): RepairWords {
  const size = ({ width, height }: ToldSize) => `${width} x ${height} px`;
  return {
    converted: (format) => `Converted from ${format}, which is not accepted.`,
    turned: (turns) =>
      `Rotated ${turns === 2 ? degrees(180) : `${degrees(90)} to the ${turns === 1 ? 'right' : 'left'}`}: the face was not upright.`,
    oriented: (orientation) => `Rotated upright: not every program reads EXIF orientation ${orientation}.`,
    cropped: (from, to, why) => `Cropped from ${size(from)} to ${size(to)}: ${because(why)}.`,
    scaled: (to, edge, generator) =>
      `Scaled to ${size(to)}: ${generator === null ? `a side may have at most ${number(edge)} px` : `${generator} works at ${number(edge)} px`}.`,
    compressed: (bytes, tooMany) =>
      `Compressed: the file had ${number(bytes)} bytes and must have fewer than ${number(tooMany)}.`,
    compressedTo: (to, quality, tooMany) =>
      `Compressed to ${size(to)}${quality === null ? '' : ` at quality ${quality}`}: the file must have fewer than ${number(tooMany)} bytes.`,
    notApart:
      'The face is too close to a larger one to be cropped on its own. Use another picture of this person.',
  };
}

function because(why: CropReason): string {
  switch (why) {
    case 'small':
      return 'the face was too small in it';
    case 'other':
      return 'another face in the picture was larger';
    case 'long':
      return 'its long side was more than twice its short side';
    default:
      return `${why.generator} works best with this part`;
  }
}
