import { join } from 'node:path';
import { overlap, type RawDetection } from '../../src/core/face/anchors.ts';
import type { Square } from '../../src/core/face/sample.ts';
import type { Pixels } from '../../src/core/image/pixels.ts';
import type { Cover } from './covers/cover.ts';
import { frameOf } from './covers/frame.ts';
import { COVERS, HARMLESS } from './covers/index.ts';
import { CHEEKS, lessonOf } from './harvest.ts';
import type { LessonWriter, Placement, Truth } from './lessons.ts';
import type { LabelledPicture } from './manifest.ts';
import { isObstructed, mergeCovered, paint } from './paint.ts';
import { cutPatch, PATCH, type Patch } from './patch.ts';
import { anyTone, meanColour, recolourSkin, wear } from './photo.ts';
import { createRng, type Rng } from './rng.ts';
import { AS_TAUGHT, DRAWN_CELLS, surfaceLabel, UNKNOWN } from './surface-labels.ts';
import { CLEAR, mirrorTruth, truthOf } from './truth.ts';
import { decodeFirst, decodeFor, findSubject, placementOf, type Reading, type Vision } from './vision.ts';

/** Changes when what is drawn does, so that an old cache is not used. */
export const SYNTHESIS_VERSION = 6;

/** A changed face that the detector does not find with this score is one that the product never judges. */
const MIN_SCORE = 0.3;

/** The detector must find the face where it is: intersection over union with its box. */
const SAME_PLACE = 0.25;

/** From this opacity on, of 255, it is the drawing that is seen, and up to the other what lies under it. */
const OPAQUE = 150;
const FAINT = 70;

/** How many times each face is drawn on, and each other subject only worn. */
export interface Amounts {
  readonly covered: number;
  readonly harmless: number;
  readonly worn: number;
}

/** One changed picture, before the networks look at it. */
interface Changed {
  readonly pixels: Pixels;
  readonly truth: Truth;
  readonly variant: string;
  readonly families: readonly string[];
  /** What was drawn at each pixel; see `surface-labels.ts`. */
  readonly labels: Uint8Array;
}

/** Called with every changed picture and what the networks made of it; for looking at them. */
export type Onlooker = (pixels: Pixels, variant: string, reading: Reading) => void;

/**
 * Makes changed pictures of every subject: covers drawn over clear faces, harmless things drawn on them, and all
 * subjects in other light, sizes, tones and turns. Each is looked at by the detector first, as the product does.
 *
 * @param textures squares cut from pictures without people, to fill drawings with
 */
export async function synthesise(
  vision: Vision,
  pictures: readonly LabelledPicture[],
  textures: readonly Pixels[],
  amounts: (picture: LabelledPicture) => Amounts,
  writer: LessonWriter,
  onlooker?: Onlooker,
): Promise<void> {
  for (const picture of pictures) {
    const told = truthOf(picture);
    if (told.human === null) continue;
    const rng = createRng(`synthesis ${picture.file}`);
    const path = join(picture.folder, picture.file);
    const first = await decodeFirst(path);
    const candidates = await vision.lookCloser(first, MIN_SCORE);
    const subject = findSubject(candidates, first, picture.faceWidth);
    if (!subject) continue;
    const [pixels, face] = await decodeFor(path, first, subject);
    const reading = await vision.measure(pixels, face);
    for (const plan of planOf(told, amounts(picture), rng)) {
      const patch = cutPatch(pixels, face, reading, rng);
      const changed = await change(patch, told, plan, textures, rng);
      const found = await findAgain(vision, changed.pixels, patch.box);
      if (!found) continue;
      const seen = await vision.measure(changed.pixels, found);
      onlooker?.(changed.pixels, changed.variant, seen);
      const { variant, truth, families } = changed;
      const placement = placeInPicture(seen.cropSquare, patch, pixels.width);
      const drawn = sampleLabels(changed.labels, seen.cropSquare);
      writer.add(lessonOf(picture, seen, { variant, truth, placement, families }), { ...seen, drawn });
    }
  }
}

/** Where a square of a patch lies in the picture that the patch was cut from. */
function placeInPicture(square: Square, { square: cut, mirrored }: Patch, width: number): Placement {
  const inPatch = placementOf(square, PATCH);
  const inPicture = placementOf(cut, width);
  const [a, b, c, d, e, f] = mirrored
    ? ([-inPatch[0], -inPatch[1], 1 - inPatch[2], inPatch[3], inPatch[4], inPatch[5]] as const)
    : inPatch;
  const [p, q, r, s, t, u] = inPicture;
  return [p * a + q * d, p * b + q * e, p * c + q * f + r, s * a + t * d, s * b + t * e, s * c + t * f + u];
}

/** What was drawn, at each cell of a square of the patch. */
function sampleLabels(labels: Uint8Array, square: Square): Uint8Array {
  const [a, b, c, d, e, f] = placementOf(square, 1);
  return Uint8Array.from({ length: DRAWN_CELLS ** 2 }, (_, i) => {
    const u = ((i % DRAWN_CELLS) + 0.5) / DRAWN_CELLS;
    const v = (Math.floor(i / DRAWN_CELLS) + 0.5) / DRAWN_CELLS;
    const [x, y] = [Math.floor(a * u + b * v + c), Math.floor(d * u + e * v + f)];
    return x < 0 || y < 0 || x >= PATCH || y >= PATCH ? AS_TAUGHT : labels[y * PATCH + x];
  });
}

type Plan = 'covered' | 'harmless' | 'worn';

function planOf(truth: Truth, amounts: Amounts, rng: Rng): Plan[] {
  const isClear = truth.obstructed === false && (truth.yaw ?? 0) <= 45;
  // An amount of 1.5 is one or two.
  const times = (plan: Plan, count: number) => new Array<Plan>(Math.floor(count + rng.next())).fill(plan);
  // Masks there are enough of; profiles and animals there are few of.
  if (!isClear) return times('worn', truth.obstructed ? amounts.worn : 2 * amounts.worn);
  return [
    ...times('covered', amounts.covered),
    ...times('harmless', amounts.harmless),
    ...times('worn', amounts.worn),
  ];
}

async function change(
  patch: Patch,
  told: Truth,
  plan: Plan,
  textures: readonly Pixels[],
  rng: Rng,
): Promise<Changed> {
  const frame = frameOf(patch.points, PATCH);
  const cheeks = CHEEKS.map((index) => frame.point(index));
  let skin = meanColour(patch.pixels, cheeks);
  let { pixels } = patch;
  const names: string[] = [];
  if (told.human && rng.chance(0.4)) {
    const tone = anyTone(rng);
    pixels = recolourSkin(pixels, skin, tone);
    skin = tone;
    names.push('recoloured');
  }
  const drawn: Cover[] = [];
  if (plan !== 'worn' && (plan === 'harmless' || rng.chance(0.3))) drawn.push(rng.pick(HARMLESS));
  if (plan === 'harmless' && rng.chance(0.3)) drawn.push(rng.pick(HARMLESS));
  if (plan === 'covered') drawn.push(rng.pick(COVERS));
  const labels = new Uint8Array(PATCH * PATCH).fill(AS_TAUGHT);
  let truth = patch.mirrored ? mirrorTruth(told) : told;
  if (plan !== 'worn') {
    let covered = CLEAR;
    for (const cover of drawn) {
      const drawing = cover.draw({ frame, rng, skin });
      const texture = drawing.takesTexture ? rng.pick(textures) : null;
      const painted = await paint(pixels, frame, drawing, texture, rng);
      pixels = painted.pixels;
      covered = mergeCovered(covered, painted.covered);
      const label = surfaceLabel(cover);
      for (let i = 0; i < labels.length; i++) {
        if (painted.opacity[i] > OPAQUE) labels[i] = label;
        else if (painted.opacity[i] > FAINT && labels[i] === AS_TAUGHT) labels[i] = UNKNOWN;
      }
    }
    // The mesh's points keep their numbers in a mirrored patch, so its right eye has become the left one.
    truth = { ...truth, covered, obstructed: isObstructed(covered) };
    if (patch.mirrored) truth = { ...truth, covered: mirrorTruth(truth).covered };
    // Pose is learnt from faces that show it.
    if (plan === 'covered') truth = { ...truth, yaw: null, turn: null };
  }
  names.push(...drawn.map(({ kind }) => kind));
  const variant = names.length > 0 ? names.join(' + ') : 'worn';
  const families = drawn.map(({ family }) => family);
  return { pixels: await wear(pixels, rng), truth, variant, families, labels };
}

async function findAgain(
  vision: Vision,
  pixels: Pixels,
  box: RawDetection['box'],
): Promise<RawDetection | undefined> {
  const isSame = (face: RawDetection) => overlap(face.box, box) > SAME_PLACE;
  const faces = await vision.look(pixels);
  return faces.find(isSame) ?? (await vision.lookCloser(pixels, MIN_SCORE)).find(isSame);
}

/** Cuts squares of the size of a patch out of pictures without people. */
export async function cutTextures(pictures: readonly LabelledPicture[], count: number): Promise<Pixels[]> {
  const rng = createRng('textures');
  const without = pictures.filter(({ group, expected }) => group === 'noface' && expected === 'fail');
  const textures: Pixels[] = [];
  while (textures.length < count) {
    const { folder, file } = rng.pick(without);
    const { data, width, height } = await decodeFirst(join(folder, file));
    const step = rng.between(0.6, 1.2);
    const [left, top] = [rng.below(width), rng.below(height)];
    const out = new Uint8Array(PATCH * PATCH * 3);
    for (let i = 0; i < PATCH * PATCH; i++) {
      const x = Math.floor(left + (i % PATCH) * step) % width;
      const y = Math.floor(top + Math.floor(i / PATCH) * step) % height;
      for (let c = 0; c < 3; c++) out[i * 3 + c] = data[(y * width + x) * 3 + c];
    }
    textures.push({ data: out, width: PATCH, height: PATCH, scaleX: 1, scaleY: 1 });
  }
  return textures;
}
