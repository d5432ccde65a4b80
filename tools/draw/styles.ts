import { fractal, noise } from './noise.ts';
import type { Style } from './params.ts';
import type { Canvas } from './render.ts';
import { clamp, mix, smoothstep } from './sdf.ts';

/** Redraws a finished picture, in place, in a style. */
export function applyStyle(canvas: Canvas, style: Style): void {
  if (style === 'sketch') sketch(canvas);
  if (style === 'painted') paint(canvas);
}

const GRAPHITE = [52, 50, 54] as const;
const PAPER = [247, 243, 234] as const;

/**
 * A pencil drawing: lines where a pixel is darker than its surroundings, hatching by tone. The finest detail
 * is left out, as a hand would.
 */
function sketch(canvas: Canvas): void {
  const { data, width, height } = canvas;
  const unit = Math.min(width, height) / 768;
  const fine = blurred(lumaOf(canvas), width, height, Math.max(1, Math.round(unit)));
  const wide = blurred(fine, width, height, Math.round(7 * unit) + 1);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const [u, v] = [x / unit, y / unit];
      const line = smoothstep(0.72, 0.99, fine[at] / (wide[at] + 0.02));
      const grain = 0.75 + 0.5 * noise(u * 0.9, v * 0.9, 2);
      const wobble = 3 * fractal(u * 0.02, v * 0.02, 4, 2);
      const stroke = 0.5 + 0.5 * Math.sin((u + v) * 0.9 + wobble);
      const across = 0.5 + 0.5 * Math.sin((u - v) * 0.9 + wobble);
      const dark = 1 - fine[at];
      const hatch =
        smoothstep(0.12, 0.85, dark) * (0.6 + 0.3 * stroke) + 0.3 * smoothstep(0.5, 1, dark) * across;
      const ink = clamp((1 - line) * 0.85 + hatch * 0.8, 0, 1) * clamp(grain, 0, 1.1);
      for (let c = 0; c < 3; c++) {
        data[at * 3 + c] = Math.round(
          clamp(mix(PAPER[c], GRAPHITE[c], ink) - 6 * noise(u * 0.5, v * 0.5, 8), 0, 255),
        );
      }
    }
  }
}

/**
 * Brush strokes: each pixel takes the mean of the most even of the four squares around it. M. Kuwahara et al.,
 * "Processing of RI-angiocardiographic images" (1976).
 */
function paint(canvas: Canvas): void {
  const { data, width, height } = canvas;
  const reach = Math.max(2, Math.round(Math.min(width, height) / 160));
  const luma = lumaOf(canvas);
  const sums = [0, 1, 2].map((c) => table(width, height, (at) => data[at * 3 + c]));
  const tone = table(width, height, (at) => luma[at]);
  const squares = table(width, height, (at) => luma[at] * luma[at]);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      let evenest = Infinity;
      let [left, top, right, bottom] = [x, y, x + 1, y + 1];
      for (let quarter = 0; quarter < 4; quarter++) {
        const x0 = Math.max(0, quarter % 2 ? x : x - reach);
        const y0 = Math.max(0, quarter < 2 ? y - reach : y);
        const x1 = Math.min(width, quarter % 2 ? x + reach + 1 : x + 1);
        const y1 = Math.min(height, quarter < 2 ? y + 1 : y + reach + 1);
        const count = (x1 - x0) * (y1 - y0);
        const mean = within(tone, width, x0, y0, x1, y1) / count;
        const spread = within(squares, width, x0, y0, x1, y1) / count - mean * mean;
        if (spread < evenest) {
          evenest = spread;
          [left, top, right, bottom] = [x0, y0, x1, y1];
        }
      }
      const weave = 1 + 0.08 * (noise(x * 0.45, y * 0.45, 3) - 0.5);
      const count = (right - left) * (bottom - top);
      for (let c = 0; c < 3; c++) {
        data[at * 3 + c] = clamp(
          Math.round((within(sums[c], width, left, top, right, bottom) / count) * weave),
          0,
          255,
        );
      }
    }
  }
}

/** Luma of each pixel, 0 to 1 (Rec. 709 weights on sRGB values). */
function lumaOf({ data, width, height }: Canvas): Float64Array {
  const luma = new Float64Array(width * height);
  for (let at = 0; at < luma.length; at++) {
    luma[at] = (0.2126 * data[at * 3] + 0.7152 * data[at * 3 + 1] + 0.0722 * data[at * 3 + 2]) / 255;
  }
  return luma;
}

/** Means of the squares of `2 reach + 1` pixels. */
function blurred(plane: Float64Array, width: number, height: number, reach: number): Float64Array {
  const sums = table(width, height, (at) => plane[at]);
  return plane.map((_, at) => {
    const x = at % width;
    const y = (at - x) / width;
    const [x0, x1] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)];
    const [y0, y1] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)];
    return within(sums, width, x0, y0, x1, y1) / ((x1 - x0) * (y1 - y0));
  });
}

/** Summed-area table: entry (x, y) is the sum of all values above and to the left; one more row and column. */
function table(width: number, height: number, value: (at: number) => number): Float64Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += value(y * width + x);
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
    }
  }
  return sums;
}

function within(sums: Float64Array, width: number, x0: number, y0: number, x1: number, y1: number): number {
  const row = width + 1;
  return sums[y1 * row + x1] - sums[y0 * row + x1] - sums[y1 * row + x0] + sums[y0 * row + x0];
}
