import type { PixelRows } from '../image/pixels.ts';
import { MESH_OVER_FACE } from './mesh.ts';
import type { Square } from './sample.ts';

/** Frames that are further from the face than this, in widths of the face, or further inside it, say no more. */
const FURTHEST = 0.25;
const DEEPEST = -0.5;

/**
 * How far the picture's frame is from the face: left, top, right, bottom, in widths of the face, negative where the face
 * reaches outside; cut to a range near the face, since how a portrait is framed otherwise says nothing of it.
 *
 * @param mesh the square that was shown to the mesh network, in decoded pixels
 */
export function frameGaps({ cx, cy, size }: Square, { width, height }: PixelRows): readonly number[] {
  const face = size / MESH_OVER_FACE;
  const gaps = [cx, cy, width - cx, height - cy].map((distance) => distance / face - 0.5);
  return gaps.map((gap) => Math.min(FURTHEST, Math.max(DEEPEST, gap)));
}
