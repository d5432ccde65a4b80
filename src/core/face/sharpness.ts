import { openKernels } from '../kernels/kernels.ts';

/** Where the part of the crop begins that is surely face, as a share of its edge. */
const INNER_FROM = 0.2;

/** How much coarser the coarse scale is than the fine one: the loops know blocks of this edge. */
const COARSER = 4;

/** How often each scale is smoothed: its grain is then that of a Gaussian of about one pixel of that scale. */
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
  const kernels = openKernels();
  const { loops } = kernels;
  const pixels = innerPart(size);
  const blocks = innerPart(size / COARSER);
  const { at, behind } = kernels.placeFloats(planes, loops.slopesRoom(pixels.edge));
  const coarse = loops.slopes(at, size, true, blocks.from, blocks.edge, SMOOTHINGS, behind);
  const fine = loops.slopes(at, size, false, pixels.from, pixels.edge, SMOOTHINGS, behind);
  return coarse > 0 ? Math.sqrt(fine / coarse) : 0;
}

/** The part of a crop that is surely face, and what smoothing and slopes look at around it, of each axis. */
function innerPart(cells: number): { readonly from: number; readonly edge: number } {
  const from = Math.round(cells * INNER_FROM) - MARGIN;
  return { from, edge: cells - 2 * from };
}
