import { join } from 'node:path';
import type { RawDetection } from '../../src/core/face/anchors.ts';
import type { Pixels } from '../../src/core/image/pixels.ts';
import { lessonOf, NOTHING_DRAWN } from './harvest.ts';
import type { LessonWriter } from './lessons.ts';
import { CROPS, type LabelledPicture } from './manifest.ts';
import { createRng, type Rng } from './rng.ts';
import { regions, truthOf } from './truth.ts';
import { decodeFirst, findSubject, placementOf, type Vision } from './vision.ts';

/** Changes when what is cut does, so that an old cache is not used. */
export const CUT_VERSION = 1;

/** From which share of the face on to which one a picture's edge cuts through it, by side. */
const CUTS = {
  left: [0.25, 0.65],
  right: [0.25, 0.65],
  top: [0.3, 0.65],
  bottom: [0.3, 0.6],
} as const;

type Side = keyof typeof CUTS;

const SIDES = Object.keys(CUTS) as readonly Side[];

/** How often a second edge cuts as well. */
const CORNER_CHANCE = 0.3;

/** Pictures smaller than this on a side show nothing. */
const LEAST_EDGE = 32;

/** Other groups have no whole face that could be cut off. */
const UNFIT = new Set<string>([CROPS, 'small', 'cut_off', 'group']);

const UNKNOWN = { yaw: null, turn: null, covered: regions(() => null), obstructed: null };

/**
 * Makes a picture of every person in which the frame cuts through the face. What the product then takes for the
 * face is kept, be it the half that is left or a hand.
 */
export async function cutThroughFaces(
  vision: Vision,
  pictures: readonly LabelledPicture[],
  writer: LessonWriter,
): Promise<void> {
  for (const picture of pictures) {
    if (UNFIT.has(picture.group) || truthOf(picture).human !== true) continue;
    const rng = createRng(`cut ${picture.file}`);
    const whole = await decodeFirst(join(picture.folder, picture.file));
    const face = findSubject(await vision.look(whole), whole, picture.faceWidth);
    const pixels = face && cutThrough(whole, face.box, rng);
    if (!pixels) continue;
    const found = findSubject(await vision.look(pixels), pixels, null);
    if (!found) continue;
    const reading = await vision.measure(pixels, found);
    const placement = placementOf(reading.cropSquare, pixels.width);
    const truth = { ...UNKNOWN, human: true, cut: true };
    writer.add(lessonOf(picture, reading, { variant: 'cut', truth, placement, families: [] }), {
      ...reading,
      drawn: NOTHING_DRAWN,
    });
  }
}

/** The part of a picture that leaves out a share of a face; undefined where too little is left. */
function cutThrough(pixels: Pixels, box: RawDetection['box'], rng: Rng): Pixels | undefined {
  const sides = new Set([rng.pick(SIDES)]);
  if (rng.chance(CORNER_CHANCE)) sides.add(rng.pick(SIDES));
  const share = (side: Side) => (sides.has(side) ? rng.between(CUTS[side][0], CUTS[side][1]) : -Infinity);
  const [left, top, right, bottom] = box;
  const from = (edge: number, size: number, side: Side) => Math.max(0, Math.round(edge + size * share(side)));
  const x = from(left, right - left, 'left');
  const y = from(top, bottom - top, 'top');
  const width = pixels.width - from(pixels.width - right, right - left, 'right') - x;
  const height = pixels.height - from(pixels.height - bottom, bottom - top, 'bottom') - y;
  if (width < LEAST_EDGE || height < LEAST_EDGE) return undefined;
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const start = ((y + row) * pixels.width + x) * 3;
    data.set(pixels.data.subarray(start, start + width * 3), row * width * 3);
  }
  return { ...pixels, data, width, height };
}
