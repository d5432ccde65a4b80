/** Where the part of the crop begins that is surely face, as a share of its edge. */
const INNER_FROM = 0.2;

/** How much coarser the coarse scale is than the fine one. */
const COARSER = 4;

/** So often each scale is smoothed: its grain is then that of a Gaussian of about one pixel of that scale. */
const SMOOTHINGS = 2;
/** Cells around the inner part that smoothing and slopes look at. */
const MARGIN = SMOOTHINGS + 1;

/**
 * How sharp a face is at the scale at which LivePortrait works on it: the slopes of the luma from pixel to pixel, over those
 * at a scale four times as coarse, each the root of their mean square after a slight blur. Natural pictures have about as
 * much of both, whatever they show; the more one is blurred, the less it has of the fine ones. As a ratio it depends on
 * neither light nor contrast, and the blur takes the grain that noise and JPEG add. MODEL_CARD.md has its measurements.
 *
 * @param planes 3 x size x size numbers from 0 to 1: the mesh's input, a levelled crop of 1.5 faces
 * @param size   edge of the crop in pixels, a multiple of 4
 * @returns a ratio without a unit: some 0.62 for a sharp face, 0.54 for one enlarged from 64 pixels, 0.3 where nothing but
 *   shades is left; 0 for a crop without any detail
 */
export function measureSharpness(planes: Float32Array, size: number): number {
  const coarse = slopes(planes, size, COARSER);
  return coarse > 0 ? Math.sqrt(slopes(planes, size, 1) / coarse) : 0;
}

/**
 * The mean square of the slopes in the inner part.
 *
 * @param cell edge in pixels of what counts as one: the mean of so many across and down
 */
function slopes(planes: Float32Array, size: number, cell: number): number {
  const from = Math.round((size / cell) * INNER_FROM) - MARGIN;
  const edge = size / cell - 2 * from;
  const luma = lumaOf(planes, size, cell, from, edge);
  for (let i = 0; i < SMOOTHINGS; i++) smooth(luma, edge);
  let energy = 0;
  for (let y = MARGIN; y < edge - MARGIN; y++) {
    for (let x = MARGIN; x < edge - MARGIN; x++) {
      const at = y * edge + x;
      const dx = luma[at + 1] - luma[at - 1];
      const dy = luma[at + edge] - luma[at - edge];
      energy += dx * dx + dy * dy;
    }
  }
  return energy / (edge - 2 * MARGIN) ** 2;
}

/** Luma, by Rec. 709 weights on sRGB values, of `edge` x `edge` cells, `from` cells away from the crop's edges. */
function lumaOf(planes: Float32Array, size: number, cell: number, from: number, edge: number): Float32Array {
  const plane = size * size;
  const luma = new Float32Array(edge * edge);
  for (let y = 0; y < edge * cell; y++) {
    const row = Math.floor(y / cell) * edge;
    for (let x = 0; x < edge * cell; x++) {
      const at = (from * cell + y) * size + from * cell + x;
      luma[row + Math.floor(x / cell)] +=
        (0.2126 * planes[at] + 0.7152 * planes[plane + at] + 0.0722 * planes[2 * plane + at]) / cell ** 2;
    }
  }
  return luma;
}

/** Blurs by 1-2-1 across and down, in place; what lies at the very edge stays. */
function smooth(luma: Float32Array, edge: number): void {
  for (let y = 0; y < edge; y++) smoothLine(luma, y * edge, 1, edge);
  for (let x = 0; x < edge; x++) smoothLine(luma, x, edge, edge);
}

function smoothLine(luma: Float32Array, start: number, step: number, length: number): void {
  let before = luma[start];
  for (let i = 1, at = start + step; i < length - 1; i++, at += step) {
    const here = luma[at];
    luma[at] = (before + 2 * here + luma[at + step]) / 4;
    before = here;
  }
}
