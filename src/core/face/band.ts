import type { Band } from '../image/pixels.ts';
import type { RawDetection } from './anchors.ts';
import { FACES_AROUND } from './surface.ts';

/**
 * The rows that the mesh's square and the surface network's can reach, however the face leans. A box that lies outside of the
 * picture, as the detector may give it, has the edge that is next to it.
 *
 * @param height of the picture, in pixels of the box
 */
export function bandAround({ box: [left, top, right, bottom] }: RawDetection, height: number): Band {
  const middle = (top + bottom) / 2;
  const reach = FACES_AROUND * Math.max(right - left, bottom - top) * Math.SQRT1_2;
  const share = (row: number) => Math.min(1, Math.max(0, row / height));
  return { from: share(middle - reach), to: share(middle + reach) };
}
