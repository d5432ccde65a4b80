import type { Box } from '../core/inspection.ts';
import { isTooLong, LONGEST_SHAPE } from './frames.ts';
import type { Size } from './geometry.ts';

/** How often the windows of a search are halved. The detector sees a twentieth of a window's long edge. */
export const LEVELS = 3;

/** A level of more windows than this is not searched: it is a strip, or a face would be a speck. */
const MAX_WINDOWS = 64;

/** Windows shorter than this, in pixels, are not searched: a face in them is one that the level before has seen. */
const MIN_WINDOW = 320;

/**
 * The parts of a picture that are searched for a face, one after another. On level 0 it is the whole picture, or
 * where it is longer than the contract allows, parts of the longest shape allowed; each further level has parts of
 * half the size. They overlap by half, so that no face of up to half a part is cut.
 *
 * @returns nothing where a level is not worth searching
 */
export function windowsOf(picture: Size, level: number): Box[] {
  const shape = isTooLong(picture) ? LONGEST_SHAPE : Number.POSITIVE_INFINITY;
  const longest = shape * Math.min(picture.width, picture.height);
  const scale = 2 ** -level;
  const width = Math.floor(Math.min(picture.width, longest) * scale);
  const height = Math.floor(Math.min(picture.height, longest) * scale);
  if (level > 0 && Math.max(width, height) < MIN_WINDOW) return [];
  const columns = starts(picture.width, width);
  const rows = starts(picture.height, height);
  if (columns.length * rows.length > MAX_WINDOWS) return [];
  return rows.flatMap((y) => columns.map((x) => ({ x, y, width, height })));
}

/** Where windows begin along an edge: evenly, a half of a window apart or less. */
function starts(length: number, window: number): number[] {
  const last = length - window;
  const count = Math.ceil((2 * last) / window);
  return Array.from({ length: count + 1 }, (_, i) => (count === 0 ? 0 : Math.round((i * last) / count)));
}
