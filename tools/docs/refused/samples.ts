/** A drawn picture for each reason: what the page "Why was my picture refused?" shows. */
import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { LIMITS } from '../../../src/core/checks/limits.ts';
import type { PolicyOverrides } from '../../../src/core/checks/policy.ts';
import type { CheckReason } from '../../../src/core/inspection.ts';
import type { Words } from '../../../src/core/words/words.ts';
import { encode } from '../../draw/encode.ts';
import { drawPicture, type FigureParams, type PictureParams } from '../../draw/picture.ts';
import { SCENES } from '../../draw/scenes.ts';

/** How a picture with one fault is made. */
export interface Sample {
  /** What asks for it, where LivePortrait does not. */
  readonly policy?: PolicyOverrides;
  /** The bytes of the file. */
  readonly make: () => Promise<Buffer>;
}

/** What the product says where nothing can be drawn, with figures that such a picture may have. */
export const SAID: Readonly<Partial<Record<CheckReason, (words: Words) => string>>> = {
  'face.eyes_closed': ({ advice }) => advice.eyes(0.06, LIMITS.minEyeOpening.default),
};

/** Every reason has one, or null where nothing can be drawn; the compiler asks for it. */
export const SAMPLES: Readonly<Record<CheckReason, Sample | null>> = {
  'face.none': { make: () => example('none') },
  'face.small': { make: () => example('small') },
  'face.profile': { make: () => example('profile') },
  'face.turned': { make: () => edited((picture) => picture.rotate(90)) },
  'face.tilted': { make: () => example('tilted') },
  'face.obstructed': { make: () => example('obstructed') },
  'face.cut_off': { make: () => example('cut_off') },
  'face.blurred': { make: () => edited((picture) => picture.blur(14)) },
  'face.large': {
    policy: { maxFaceShare: 0.5 },
    make: () => edited((picture) => picture.extract({ left: 174, top: 120, width: 420, height: 460 })),
  },
  'image.small': {
    policy: { minShortEdge: 512 },
    make: () => edited((picture) => picture.resize(384, 384)),
  },
  'image.shape': {
    policy: { maxShape: 1.01 },
    make: () => edited((picture) => picture.extract({ left: 134, top: 0, width: 500, height: 768 })),
  },
  'body.cut_off': { policy: { minHips: 0.3 }, make: () => example('pass') },
  'face.soft': { make: () => edited((picture) => picture.blur(6)) },
  'face.leaning': { make: leaning },
  'face.dark': { make: () => edited((picture) => picture.linear(0.25, 0)) },
  'face.bright': { make: () => edited((picture) => picture.linear(0.5, 150)) },
  'face.flat': { make: () => edited((picture) => picture.linear(0.2, 110)) },
  'face.one_sided': { make: () => relit(({ x, width }) => (x < 0.48 * width ? 0.22 : 1)) },
  'face.backlit': { make: () => relit(({ isBehind }) => (isBehind ? 8 : 0.45), { hair: 'bald' }) },
  'face.several': { make: () => example('group') },
  'face.mouth_open': { make: () => drawn({ mouth: 1 }) },
  // The lids of drawn eyes do not close so far that they count as closed.
  'face.eyes_closed': null,
  'image.repaired': { make: async () => (await example('pass')).subarray(0, -2) },
};

function example(name: string): Promise<Buffer> {
  return readFile(new URL(`../../../examples/${name}.jpg`, import.meta.url));
}

async function edited(change: (picture: Sharp) => Sharp): Promise<Buffer> {
  return change(sharp(await example('pass')))
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** Turned by an angle, without the corners that this leaves empty. */
async function leaning(): Promise<Buffer> {
  const turned = await sharp(await example('pass'))
    .rotate(38)
    .toBuffer({ resolveWithObject: true });
  const edge = 560;
  const [left, top] = [turned.info.width, turned.info.height].map((full) => Math.round((full - edge) / 2));
  return sharp(turned.data)
    .extract({ left: left ?? 0, top: top ?? 0, width: edge, height: edge })
    .toBuffer();
}

/** The scene of the example that passes. */
function passing(): PictureParams {
  const scene = SCENES.find(({ file }) => file === 'pass.jpg');
  if (scene === undefined) throw new Error('No scene is called pass.jpg.');
  return scene;
}

function drawn(change: FigureParams): Promise<Buffer> {
  const scene = passing();
  const figures = scene.figures.map((figure) => ({ ...figure, ...change }));
  return encode(drawPicture({ ...scene, width: 512, height: 512, figures }), 'jpeg');
}

/** Where a pixel is, and whether nobody is there. */
interface Place {
  readonly x: number;
  readonly width: number;
  readonly isBehind: boolean;
}

/** The light of each pixel changed by a factor. */
async function relit(light: (place: Place) => number, change: FigureParams = {}): Promise<Buffer> {
  const figures = passing().figures.map((figure) => ({ ...figure, ...change }));
  const scene = { ...passing(), width: 512, height: 512, figures };
  const canvas = drawPicture(scene);
  const { data: empty } = drawPicture({ ...scene, figures: [] });
  const { data, width } = canvas;
  for (let first = 0; first < data.length; first += 3) {
    const places = [first, first + 1, first + 2];
    const isBehind = places.every((place) => data[place] === empty[place]);
    const factor = light({ x: (first / 3) % width, width, isBehind });
    for (const place of places) data[place] = Math.min(255, Math.round((data[place] ?? 0) * factor));
  }
  return encode(canvas, 'jpeg');
}
