import type { HeadParams } from './params.ts';

const RADIANS = Math.PI / 180;

/** A rotation around a point, as the nine numbers of its matrix by rows. */
export type Rotation = readonly [number, number, number, number, number, number, number, number, number];

/**
 * The turn of a head, from its own space to the body's: first up or down, then to the side, then in the plane
 * of the picture.
 */
export function headRotation({ yaw, pitch, roll }: Pick<HeadParams, 'yaw' | 'pitch' | 'roll'>): Rotation {
  const [cy, sy] = [Math.cos(yaw * RADIANS), Math.sin(yaw * RADIANS)];
  const [cp, sp] = [Math.cos(pitch * RADIANS), Math.sin(pitch * RADIANS)];
  const [cr, sr] = [Math.cos(roll * RADIANS), Math.sin(roll * RADIANS)];
  // Rows of (side turn x nod), then turned in the plane of the picture.
  const a = [cy, -sy * sp, sy * cp] as const;
  const b = [0, cp, sp] as const;
  return [
    cr * a[0] + sr * b[0],
    cr * a[1] + sr * b[1],
    cr * a[2] + sr * b[2],
    cr * b[0] - sr * a[0],
    cr * b[1] - sr * a[1],
    cr * b[2] - sr * a[2],
    -sy,
    -cy * sp,
    cy * cp,
  ];
}
