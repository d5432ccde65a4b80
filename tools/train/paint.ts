import type { Pixels } from '../../src/core/image/pixels.ts';
import type { FaceRegion } from '../../src/core/inspection.ts';
import type { Drawing } from './covers/cover.ts';
import { type FaceFrame, REGION_POINTS } from './covers/frame.ts';
import { renderSvg } from './drawing.ts';
import type { Truth } from './lessons.ts';
import type { Rng } from './rng.ts';
import { regions } from './truth.ts';

/** A point under a drawing more opaque than this is hidden. */
const HIDDEN_ALPHA = 0.6;

/** A region is covered from this share of its points on, and clear up to the other; between, nobody knows. */
const COVERED_SHARE = 0.65;
const CLEAR_SHARE = 0.2;

/** A drawing laid on a picture, and how much of each region it hides. */
export interface Painted {
  readonly pixels: Pixels;
  readonly covered: Truth['covered'];
  /** How opaque the drawing is at each pixel, 0 to 255. */
  readonly opacity: Uint8Array;
}

/**
 * Lays a drawing on a patch. Its light follows that of the face; a texture, when given, takes the place of its
 * colours.
 */
export async function paint(
  pixels: Pixels,
  frame: FaceFrame,
  drawing: Drawing,
  texture: Pixels | null,
  rng: Rng,
): Promise<Painted> {
  const { width, height } = pixels;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>${drawing.defines}</defs>${drawing.shapes}</svg>`;
  const layer = await renderSvg(svg);
  const light = rng.between(0.65, 1.1);
  const out = new Uint8Array(pixels.data);
  for (let i = 0; i < width * height; i++) {
    const alpha = layer[i * 4 + 3] / 255;
    if (alpha === 0) continue;
    const shading = (layer[i * 4] + layer[i * 4 + 1] + layer[i * 4 + 2]) / 3 / 160;
    for (let c = 0; c < 3; c++) {
      const own = layer[i * 4 + c];
      // Where a drawing is nearly clear it is its shadow that shows, which has no texture.
      const colour =
        texture && alpha > HIDDEN_ALPHA ? texture.data[i * 3 + c] * (0.5 + shading / 2) : own * light;
      out[i * 3 + c] = Math.max(0, Math.min(255, out[i * 3 + c] * (1 - alpha) + colour * alpha));
    }
  }
  const share = (region: FaceRegion) => {
    const points = REGION_POINTS[region];
    const hidden = points.filter((index) => {
      const [x, y] = frame.point(index).map(Math.round);
      if (x < 0 || y < 0 || x >= width || y >= height) return false;
      return layer[(y * width + x) * 4 + 3] > HIDDEN_ALPHA * 255;
    });
    return hidden.length / points.length;
  };
  const covered = regions((region) => {
    if (!drawing.covers) return false;
    const hidden = share(region);
    return hidden >= COVERED_SHARE ? true : hidden <= CLEAR_SHARE ? false : null;
  });
  const opacity = Uint8Array.from({ length: width * height }, (_, i) => layer[i * 4 + 3]);
  return { pixels: { ...pixels, data: out }, covered, opacity };
}

/**
 * What covers of regions mean together: mouth or nose, or both eyes, spoil a portrait.
 *
 * @returns null where a region that decides is unknown
 */
export function isObstructed({ leftEye, rightEye, nose, mouth }: Truth['covered']): boolean | null {
  if (nose === true || mouth === true || (leftEye === true && rightEye === true)) return true;
  if (nose === false && mouth === false && (leftEye === false || rightEye === false)) return false;
  return null;
}

/** Two reports on the same regions as one: covered where either says so. */
export function mergeCovered(a: Truth['covered'], b: Truth['covered']): Truth['covered'] {
  return regions((region) => {
    if (a[region] === true || b[region] === true) return true;
    return a[region] === false && b[region] === false ? false : null;
  });
}
