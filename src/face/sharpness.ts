/** The part of the mesh's input, from its middle, that is surely face. */
const INNER_SHARE = 0.6;

/**
 * How sharp a face is: the mean square of the luma's Laplacian over its variance, in the inner part of the
 * levelled crop. The crop has nearly the scale at which LivePortrait's network sees the face.
 *
 * @param planes 3 x size x size numbers from 0 to 1: the mesh's input
 * @returns a ratio without a unit, 0 (flat) and up
 */
export function measureSharpness(planes: Float32Array, size: number): number {
  const plane = size * size;
  const luma = (at: number) =>
    0.2126 * planes[at] + 0.7152 * planes[plane + at] + 0.0722 * planes[2 * plane + at];
  const from = Math.round((size * (1 - INNER_SHARE)) / 2);
  const to = size - from;
  let edges = 0;
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = from; y < to; y++) {
    for (let x = from; x < to; x++) {
      const at = y * size + x;
      const here = luma(at);
      const laplacian = luma(at - 1) + luma(at + 1) + luma(at - size) + luma(at + size) - 4 * here;
      edges += laplacian * laplacian;
      sum += here;
      squares += here * here;
      count++;
    }
  }
  const variance = squares / count - (sum / count) ** 2;
  return variance > 0 ? edges / count / variance : 0;
}
