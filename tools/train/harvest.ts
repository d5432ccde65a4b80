import { join } from 'node:path';
import type { Pixels } from '../../src/image/pixels.ts';
import type { LabelledPicture } from './manifest.ts';
import { meanColour, recolourSkin, TONES } from './photo.ts';
import { SampleCollector, type SampleSet } from './samples.ts';
import { mirrorTruth, truthOf } from './truth.ts';
import { decodeFirst, decodeFor, findSubject, type Vision } from './vision.ts';

/** Changes when what is harvested does, so that an old cache is not used. */
export const HARVEST_VERSION = 5;

/** Pictures without people are looked at more closely than the product does: harder lessons. */
const MIN_SCORE_WITHOUT_PEOPLE = 0.1;

/** So many candidates of a picture without people are learnt from. */
const MAX_CANDIDATES = 4;

/** Points of the mesh where skin is bare: both cheeks and the forehead. */
export const CHEEKS = [205, 425, 151];

const VARIANTS: readonly (readonly [string, (pixels: Pixels) => Pixels])[] = [
  ['plain', (pixels) => pixels],
  ['mirrored', mirror],
];

/**
 * Looks at every labelled picture, as it is and mirrored, with the product's own steps. Of a picture of people
 * the subject is kept; of any other, everything that resembles a face.
 *
 * @param folder where the manifest's paths start
 */
export async function harvest(
  vision: Vision,
  folder: string,
  pictures: readonly LabelledPicture[],
): Promise<SampleSet> {
  const collector = new SampleCollector();
  for (const picture of pictures) {
    const path = join(folder, picture.file);
    const told = truthOf(picture);
    const first = await decodeFirst(path);
    for (const [variant, change] of VARIANTS) {
      const upright = change(first);
      const truth = variant === 'mirrored' ? mirrorTruth(told) : told;
      const candidates =
        truth.human === false
          ? await vision.lookCloser(upright, MIN_SCORE_WITHOUT_PEOPLE)
          : await vision.look(upright);
      const subject = findSubject(candidates, upright, picture.faceWidth);
      const faces = truth.human === false ? candidates.slice(0, MAX_CANDIDATES) : subject ? [subject] : [];
      for (const face of faces) {
        const [pixels, scaled] = await decodeFor(path, upright, face, change);
        const { file, source, group, expected } = picture;
        collector.add(
          { file, source, group, expected, variant, truth },
          await vision.measure(pixels, scaled),
        );
      }
    }
  }
  return collector.finish();
}

/**
 * Looks at usable portraits again with the skin in other tones, from fair to very dark, by the product's own steps.
 */
export async function harvestTones(
  vision: Vision,
  folder: string,
  pictures: readonly LabelledPicture[],
): Promise<SampleSet> {
  const collector = new SampleCollector();
  for (const picture of pictures) {
    const truth = truthOf(picture);
    if (!isUsable(picture)) continue;
    const path = join(folder, picture.file);
    const first = await decodeFirst(path);
    const [subject] = await vision.look(first);
    if (!subject) continue;
    const [clear, face] = await decodeFor(path, first, subject);
    const { points } = await vision.measure(clear, face);
    const skin = meanColour(
      clear,
      CHEEKS.map((index) => [points[index * 3], points[index * 3 + 1]]),
    );
    for (const [number, tone] of TONES.entries()) {
      const change = (pixels: Pixels) => recolourSkin(pixels, skin, tone);
      const [again] = await vision.look(change(first));
      if (!again) continue;
      const [pixels, scaled] = await decodeFor(path, change(first), again, change);
      const { file, source, group, expected } = picture;
      const variant = `tone ${number + 1}`;
      collector.add({ file, source, group, expected, variant, truth }, await vision.measure(pixels, scaled));
    }
  }
  return collector.finish();
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
