/** Where things are drawn and named on a picture, in pixels of the upright one. Pure functions, which the page imports too. */
import type { Crop, Point, Pose } from '../core/inspection.ts';

/** The head's axes as they appear in the picture, each of length 1 in space. */
export interface HeadAxes {
  /** To the picture's right, for a face from the front. */
  readonly across: Point;
  /** Out of the crown. */
  readonly up: Point;
  /** Out of the face. */
  readonly forward: Point;
}

/**
 * Where a head with these angles points: across, up and forward of one that looks straight at the viewer are (1, 0), (0, -1) and
 * (0, 0). Pitch turns it first, then yaw, then roll.
 */
export function headAxes({ yaw, pitch, roll }: Pose): HeadAxes {
  const [sinYaw, cosYaw] = sinCos(yaw);
  const [sinPitch, cosPitch] = sinCos(pitch);
  const [sinRoll, cosRoll] = sinCos(roll);
  const lean = (x: number, y: number) => ({ x: x * cosRoll - y * sinRoll, y: x * sinRoll + y * cosRoll });
  return {
    across: lean(cosYaw, 0),
    up: lean(-sinYaw * sinPitch, -cosPitch),
    forward: lean(sinYaw * cosPitch, -sinPitch),
  };
}

/** The corners of LivePortrait's crop, clockwise from the one that is top left in the crop itself. */
export function cropCorners({ center, size, angle }: Crop): Point[] {
  const [sin, cos] = sinCos(angle);
  const half = size / 2;
  const corner = (x: number, y: number) => ({
    x: center.x + x * cos - y * sin,
    y: center.y + x * sin + y * cos,
  });
  return [corner(-half, -half), corner(half, -half), corner(half, half), corner(-half, half)];
}

/** Where a crop is named: at its first corner, or as near to it as the picture reaches. */
export function cropLabelPlace(
  crop: Crop,
  { uprightWidth, uprightHeight }: { readonly uprightWidth: number; readonly uprightHeight: number },
): Point {
  const corners = cropCorners(crop);
  const left = Math.min(...corners.map(({ x }) => x));
  const top = Math.min(...corners.map(({ y }) => y));
  // The corner itself, if the crop lies straight; that of the box around it otherwise.
  return { x: Math.min(uprightWidth, Math.max(0, left)), y: Math.min(uprightHeight, Math.max(0, top)) };
}

/** The middle of the lower end of some outlines, below which a cover is named; null where there are none. */
export function bottomOf(outlines: readonly (readonly number[])[]): Point | null {
  const numbers = outlines.flat();
  if (numbers.length === 0) return null;
  const across = numbers.filter((_, i) => i % 2 === 0);
  const down = numbers.filter((_, i) => i % 2 === 1);
  return { x: (Math.min(...across) + Math.max(...across)) / 2, y: Math.max(...down) };
}

/** Sine and cosine of an angle in degrees. */
export function sinCos(degrees: number): readonly [sin: number, cos: number] {
  const radians = (degrees * Math.PI) / 180;
  return [Math.sin(radians), Math.cos(radians)];
}
