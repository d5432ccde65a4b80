import type { Box, Crop, Orientation, Point, QuarterTurns } from '../core/inspection.ts';

/** A size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The upright rectangle around a turned square. */
export function boundsOf({ center, size, angle }: Crop): Box {
  const turn = (angle * Math.PI) / 180;
  const edge = size * (Math.abs(Math.cos(turn)) + Math.abs(Math.sin(turn)));
  return { x: center.x - edge / 2, y: center.y - edge / 2, width: edge, height: edge };
}

/** The part of a box that lies in a picture; of no size when none does. */
export function clipTo({ width, height }: Size, box: Box): Box {
  const left = clamp(box.x, 0, width);
  const top = clamp(box.y, 0, height);
  return {
    x: left,
    y: top,
    width: clamp(box.x + box.width, 0, width) - left,
    height: clamp(box.y + box.height, 0, height) - top,
  };
}

/**
 * A box of whole pixels and the given size, as near to a centre as a picture allows.
 *
 * @param size no larger than the picture
 */
export function placeInside(picture: Size, size: Size, center: Point): Box {
  const width = Math.max(1, Math.round(size.width));
  const height = Math.max(1, Math.round(size.height));
  return {
    x: clamp(Math.round(center.x - width / 2), 0, picture.width - width),
    y: clamp(Math.round(center.y - height / 2), 0, picture.height - height),
    width,
    height,
  };
}

/** The middle of a box. */
export function centerOf({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** Area of what two boxes share over the area that they cover together, 0 to 1. */
export function overlapOf(a: Box, b: Box): number {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (across <= 0 || down <= 0) return 0;
  return (across * down) / (a.width * a.height + b.width * b.height - across * down);
}

/**
 * Where a box of the upright picture lies in the stored one (Exif 2.32, 4.6.4).
 *
 * @param stored size of the stored picture
 */
export function toStored(box: Box, orientation: Orientation, stored: Size): Box {
  const isTurned = orientation >= 5;
  const [x, y] = isTurned ? [box.y, box.x] : [box.x, box.y];
  const [width, height] = isTurned ? [box.height, box.width] : [box.width, box.height];
  const fromRight = orientation === 2 || orientation === 3 || orientation === 7 || orientation === 8;
  const fromBottom = orientation === 3 || orientation === 4 || orientation === 6 || orientation === 7;
  return {
    x: fromRight ? stored.width - x - width : x,
    y: fromBottom ? stored.height - y - height : y,
    width,
    height,
  };
}

/** Orientations of which each is the one before turned by a quarter, clockwise. */
const TURNED: readonly (readonly Orientation[])[] = [
  [1, 6, 3, 8],
  [2, 7, 4, 5],
];

/** The orientation of a picture that is to be turned further than its own says. */
export function turnedOrientation(orientation: Orientation, turns: QuarterTurns): Orientation {
  const cycle = TURNED.find((one) => one.includes(orientation)) ?? TURNED[0];
  return cycle[(cycle.indexOf(orientation) + turns) % cycle.length];
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
