/** Boxes as the vendor writes them: `[x1, y1, x2, y2]`, whole pixels of the picture. */
import type { Box, Inspection } from '../core/inspection.ts';
import type { Ratio } from './served-model.ts';

/** A box by two corners, in whole pixels. */
export type Corners = readonly [number, number, number, number];

/** How the region that will move lies around a face. */
export interface RegionShape {
  /** Its width over the longer edge of the face's box. */
  readonly scale: number;
  /** How far a square of that width is moved up, in its own edges. */
  readonly up: number;
}

type Picture = Pick<Inspection['image'], 'uprightWidth' | 'uprightHeight'>;

/** A face's box, cut off where the picture ends. */
export function faceCorners({ x, y, width, height }: Box, picture: Picture): Corners {
  const across = (value: number) => clamp(Math.round(value), picture.uprightWidth);
  const down = (value: number) => clamp(Math.round(value), picture.uprightHeight);
  return [across(x), down(y), across(x + width), down(y + height)];
}

/**
 * The region that will move, in the shape of `ratio`, around the face and inside the picture: moved where it would reach outside,
 * and smaller where there is no room for it. One that is higher than wide has its top where the square would have it, since
 * what it adds is the body.
 */
export function regionCorners(box: Box, picture: Picture, ratio: Ratio, { scale, up }: RegionShape): Corners {
  const { uprightWidth, uprightHeight } = picture;
  const high = ratio === '3:4' ? 4 / 3 : 1;
  const wanted = scale * Math.max(box.width, box.height);
  const width = Math.min(wanted, uprightWidth, uprightHeight / high);
  const height = width * high;
  const top = box.y + box.height / 2 - (0.5 + up) * width;
  const left = box.x + box.width / 2 - width / 2;
  const x = Math.round(Math.max(0, Math.min(left, uprightWidth - width)));
  const y = Math.round(Math.max(0, Math.min(top, uprightHeight - height)));
  return [
    x,
    y,
    Math.min(uprightWidth, x + Math.round(width)),
    Math.min(uprightHeight, y + Math.round(height)),
  ];
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most, value));
}
