import { join } from 'node:path';
import type { Pixels } from '../../src/core/image/pixels.ts';
import type { Lesson, LessonWriter, Placement } from './lessons.ts';
import { CROPS, type LabelledPicture } from './manifest.ts';
import { AS_TAUGHT, DRAWN_CELLS } from './surface-labels.ts';
import { mirrorTruth, truthOf } from './truth.ts';
import {
  cutBytes,
  decodeFirst,
  decodeFor,
  findSubject,
  placementOf,
  type Reading,
  type Vision,
} from './vision.ts';

/** Changes when what is harvested does, so that an old cache is not used. */
export const HARVEST_VERSION = 7;

/** Pictures without people are looked at more closely than the product does: harder lessons. */
const MIN_SCORE_WITHOUT_PEOPLE = 0.1;

/** How many candidates of a picture without people are learnt from. */
const MAX_CANDIDATES = 4;

/** Points of the mesh where skin is bare: both cheeks and the forehead. */
export const CHEEKS = [205, 425, 151];

/** Edge of the crops that the teacher looks at, and how much larger they are than the surface network's. */
const TEACHER_INPUT = 256;
const TEACHER_MARGIN = 1.2;

/** Nothing was drawn on it. */
export const NOTHING_DRAWN = new Uint8Array(DRAWN_CELLS ** 2).fill(AS_TAUGHT);

/**
 * Looks at every labelled picture, as it is and mirrored, with the product's own steps. Of a picture of people
 * the subject is kept; of any other, everything that resembles a face. Crops are not mirrored: there are many.
 *
 * @param teacher called with the teacher's crop of each picture's first face: planes of bytes
 */
export async function harvest(
  vision: Vision,
  pictures: readonly LabelledPicture[],
  writer: LessonWriter,
  teacher: (crop: Uint8Array, about: TeacherCrop) => void,
): Promise<void> {
  for (const picture of pictures) {
    const path = join(picture.folder, picture.file);
    const told = truthOf(picture);
    const first = await decodeFirst(path);
    for (const variant of picture.group === CROPS ? ['plain'] : ['plain', 'mirrored']) {
      const isMirrored = variant === 'mirrored';
      const change = isMirrored ? mirror : (pixels: Pixels) => pixels;
      const upright = change(first);
      const truth = isMirrored ? mirrorTruth(told) : told;
      const candidates =
        truth.human === false
          ? await vision.lookCloser(upright, MIN_SCORE_WITHOUT_PEOPLE)
          : await vision.look(upright);
      const subject = findSubject(candidates, upright, picture.faceWidth);
      const faces = truth.human === false ? candidates.slice(0, MAX_CANDIDATES) : subject ? [subject] : [];
      for (const [number, face] of faces.entries()) {
        const [pixels, scaled] = await decodeFor(path, upright, face, change);
        const reading = await vision.measure(pixels, scaled);
        const direct = placementOf(reading.cropSquare, pixels.width);
        const placement = isMirrored ? mirrorPlacement(direct) : direct;
        writer.add(lessonOf(picture, reading, { variant, truth, placement, families: [] }), {
          ...reading,
          drawn: NOTHING_DRAWN,
        });
        if (number > 0 || isMirrored) continue;
        const square = { ...reading.cropSquare, size: reading.cropSquare.size * TEACHER_MARGIN };
        const about = { file: picture.file, placement: placementOf(square, pixels.width) };
        teacher(cutBytes(pixels, square, TEACHER_INPUT), about);
      }
    }
  }
}

/** Which picture a teacher's crop is of, and where it lies. */
export interface TeacherCrop {
  readonly file: string;
  readonly placement: Placement;
}

/** Puts together what is known of a face. */
export function lessonOf(
  { file, source, group, kind, expected, reason, age, origin }: LabelledPicture,
  { score, flag, yaw, frame }: Reading,
  about: Pick<Lesson, 'variant' | 'truth' | 'placement' | 'families'>,
): Lesson {
  return {
    file,
    source,
    group,
    kind,
    expected,
    reason,
    age,
    origin,
    score,
    flag,
    frame,
    meshYaw: yaw,
    ...about,
  };
}

/** The same place when left and right of the picture are exchanged. */
function mirrorPlacement([a, b, c, ...rest]: Placement): Placement {
  return [-a, -b, 1 - c, ...rest];
}

/** A portrait that has to pass: labelled so, or drawn, painted, carved or rendered without anything in the way. */
export function isUsable(picture: LabelledPicture): boolean {
  const { human, obstructed } = truthOf(picture);
  // Of the drawn ones those that were made to be animated; others are scenes with small or averted faces.
  const isMadeForIt = /talking-head inputs|LivePortrait own example/.test(picture.note);
  return picture.expected === 'pass' || (isMadeForIt && human === true && obstructed === false);
}

/** The picture with left and right exchanged. */
export function mirror(pixels: Pixels): Pixels {
  const { data, width, height } = pixels;
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3;
      const to = (y * width + width - 1 - x) * 3;
      out[to] = data[from];
      out[to + 1] = data[from + 1];
      out[to + 2] = data[from + 2];
    }
  }
  return { ...pixels, data: out };
}
