/** The part of the crop, from its middle, that is surely face. */
const INNER_SHARE = 0.6;

/**
 * How sharp a face is at the scale at which LivePortrait works on it: the energy of the finest detail over that
 * of detail twice as coarse, each as the mean square of the luma's Laplacian in the inner part of the crop. Being
 * a ratio it depends on neither light nor contrast, and an enlarged picture lacks the finest detail whatever else
 * it shows. MODEL_CARD.md has its measurements.
 *
 * @param planes 3 x size x size numbers from 0 to 1: the mesh's input, a levelled crop of 1.5 faces
 * @param size   edge of the crop in pixels, even
 * @returns a ratio without a unit: some 0.15 for a face enlarged from 64 pixels, 0.3 and more for a sharp one;
 *   0 for a crop without any detail
 */
export function measureSharpness(planes: Float32Array, size: number): number {
  const [from, coarseFrom] = [innerStart(size), innerStart(size / 2)];
  // Only what the two measurements look at: the inner part, and a pixel around it at the coarser scale.
  const start = 2 * (coarseFrom - 1);
  const edge = size - 2 * start;
  const fine = lumaOf(planes, size, start);
  const below = laplacianEnergy(halve(fine, edge), edge / 2, coarseFrom - start / 2);
  return below > 0 ? laplacianEnergy(fine, edge, from - start) / below : 0;
}

/** Where the inner part of a crop begins, in pixels from its edge. */
function innerStart(size: number): number {
  return Math.round((size * (1 - INNER_SHARE)) / 2);
}

/** Luma (Rec. 709 weights on sRGB values) of a crop without so many pixels at each of its edges. */
function lumaOf(planes: Float32Array, size: number, start: number): Float32Array {
  const plane = size * size;
  const edge = size - 2 * start;
  const luma = new Float32Array(edge * edge);
  for (let y = 0; y < edge; y++) {
    for (let x = 0; x < edge; x++) {
      const at = (start + y) * size + start + x;
      luma[y * edge + x] =
        0.2126 * planes[at] + 0.7152 * planes[plane + at] + 0.0722 * planes[2 * plane + at];
    }
  }
  return luma;
}

/** Each pixel the mean of 2 x 2. */
function halve(luma: Float32Array, size: number): Float32Array {
  const half = size / 2;
  const out = new Float32Array(half * half);
  for (let y = 0; y < half; y++) {
    for (let x = 0; x < half; x++) {
      const at = 2 * y * size + 2 * x;
      out[y * half + x] = (luma[at] + luma[at + 1] + luma[at + size] + luma[at + size + 1]) / 4;
    }
  }
  return out;
}

/** The mean square of the Laplacian, so many pixels away from the edges. */
function laplacianEnergy(luma: Float32Array, size: number, from: number): number {
  const to = size - from;
  let energy = 0;
  for (let y = from; y < to; y++) {
    for (let x = from; x < to; x++) {
      const at = y * size + x;
      const laplacian = luma[at - 1] + luma[at + 1] + luma[at - size] + luma[at + size] - 4 * luma[at];
      energy += laplacian * laplacian;
    }
  }
  return energy / (to - from) ** 2;
}
