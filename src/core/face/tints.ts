/**
 * Where the heads look at the face's own colours, as indices of the mesh's points: forehead, lids, below the eyes,
 * nose, cheeks, lips, chin and jaw, right and left in turns. FaceMesh was made to see a face behind dark glasses and
 * cups, so its activations say little of them; colours do.
 */
export const TINT_POINTS: readonly number[] = [
  10, 151, 9, 67, 297, 54, 284, 66, 296, 223, 443, 159, 386, 145, 374, 33, 263, 133, 362, 230, 450, 119, 348,
  6, 195, 4, 2, 98, 327, 117, 346, 50, 280, 205, 425, 187, 411, 0, 13, 14, 17, 61, 291, 200, 152, 208, 428,
  172, 397,
];

/** Numbers that {@link sampleTints} gives: three for each point. */
export const TINTS = 3 * TINT_POINTS.length;

/** A point's colour is the mean of a square that reaches so many pixels to each side. */
const REACH = 2;

/** Added to a channel, 0 to 1, before its logarithm: darker than this all is black. */
const BLACK = 0.05;

/**
 * The colours at {@link TINT_POINTS} against the mean of all of them: logarithms of red, green and blue, so that
 * neither the tone of the skin, nor the light, nor its colour matters, but only what differs within the face.
 *
 * @param planes   3 x size x size numbers from 0 to 1: the mesh's input
 * @param levelled the mesh's points in pixels of that input
 * @returns red, green and blue of the first point, of the second …
 */
export function sampleTints(planes: Float32Array, size: number, levelled: Float32Array): Float32Array {
  const tints = new Float32Array(TINTS);
  const means = [0, 0, 0];
  TINT_POINTS.forEach((index, i) => {
    const x = clamp(levelled[index * 3], size);
    const y = clamp(levelled[index * 3 + 1], size);
    for (let c = 0; c < 3; c++) {
      const tint = Math.log(BLACK + meanAround(planes, c * size * size, size, x, y));
      tints[i * 3 + c] = tint;
      means[c] += tint / TINT_POINTS.length;
    }
  });
  for (let i = 0; i < TINTS; i++) tints[i] -= means[i % 3];
  return tints;
}

/** The nearest pixel whose square is inside. */
function clamp(coordinate: number, size: number): number {
  return Math.min(size - 1 - REACH, Math.max(REACH, Math.round(coordinate)));
}

function meanAround(planes: Float32Array, plane: number, size: number, x: number, y: number): number {
  let sum = 0;
  for (let row = y - REACH; row <= y + REACH; row++) {
    for (let at = plane + row * size + x - REACH, end = at + 2 * REACH; at <= end; at++) sum += planes[at];
  }
  return sum / (2 * REACH + 1) ** 2;
}
