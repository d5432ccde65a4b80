import { join } from 'node:path';
import { type Square, sampleSquare } from '../../src/face/sample.ts';
import { measureSharpness } from '../../src/face/sharpness.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { sharp } from '../../src/image/sharp.ts';
import { MESH_INPUT } from '../../src/models/sessions.ts';
import { isUsable } from './harvest.ts';
import type { LabelledPicture } from './manifest.ts';
import { areaUnderCurve } from './statistics.ts';
import { boxWidth, decodeFirst, decodeFor, type Vision } from './vision.ts';

/** A face narrower than this, in decoded pixels, is no fair example of a sharp one. */
const LEAST_WIDTH = 100;

/** Quality of the JPEG that an enlarged picture goes through, before and after. */
const QUALITY = 90;

/** How the sharpness of portraits as they are compares with that of the same portraits enlarged. */
export interface BlurRow {
  /** Width in pixels from which the face was enlarged. */
  readonly from: number;
  readonly kernel: 'linear' | 'lanczos3';
  readonly count: number;
  readonly area: number;
  /** The middle value, and those that 95 % lie under and over. */
  readonly sharp: { readonly low: number; readonly middle: number };
  readonly enlarged: { readonly middle: number; readonly high: number };
}

/** Measures the sharpness of usable portraits as they are, and made small and enlarged again. */
export async function measureBlur(
  vision: Vision,
  folder: string,
  pictures: readonly LabelledPicture[],
): Promise<BlurRow[]> {
  const kinds = [64, 90].flatMap((from) =>
    (['linear', 'lanczos3'] as const).map((kernel) => ({ from, kernel })),
  );
  const sharpValues: number[] = [];
  const enlarged = kinds.map((): number[] => []);
  for (const picture of pictures.filter(isUsable)) {
    const path = join(folder, picture.file);
    const first = await decodeFirst(path);
    const [subject] = await vision.look(first);
    if (!subject) continue;
    const [pixels, face] = await decodeFor(path, first, subject);
    if (boxWidth(face) < LEAST_WIDTH) continue;
    const { square } = await vision.measure(pixels, face);
    sharpValues.push(sharpnessOf(pixels, square));
    for (const [i, { from, kernel }] of kinds.entries()) {
      const small = await enlarge(pixels, from / boxWidth(face), kernel);
      enlarged[i].push(sharpnessOf(small, square));
    }
  }
  return kinds.map((kind, i) => ({
    ...kind,
    count: sharpValues.length,
    area: areaUnderCurve(sharpValues, enlarged[i]),
    sharp: { low: quantile(sharpValues, 0.05), middle: quantile(sharpValues, 0.5) },
    enlarged: { middle: quantile(enlarged[i], 0.5), high: quantile(enlarged[i], 0.95) },
  }));
}

function sharpnessOf(pixels: Pixels, square: Square): number {
  const planes = new Float32Array(3 * MESH_INPUT ** 2);
  sampleSquare(pixels, square, { outSize: MESH_INPUT, scale: 1 / 255 }, planes);
  return measureSharpness(planes, MESH_INPUT);
}

async function enlarge(pixels: Pixels, scale: number, kernel: BlurRow['kernel']): Promise<Pixels> {
  const { data, width, height } = pixels;
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
  const raw = { width, height, channels: 3 } as const;
  const small = await sharp(data, { raw })
    .resize(w, h, { fit: 'fill' })
    .jpeg({ quality: QUALITY })
    .toBuffer();
  const large = await sharp(small)
    .resize(width, height, { kernel, fit: 'fill' })
    .jpeg({ quality: QUALITY })
    .toBuffer();
  return { ...pixels, data: await sharp(large).raw().toBuffer() };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
