/**
 * Where things are on a head, in centimetres: x to the picture's right, y up, z to the viewer; the origin
 * is midway between the ears at the height of the eyes, the head 23 high from chin to crown. Both sides are alike,
 * so most solids take |x|.
 */
import type { HeadParams } from './params.ts';
import { blend, carve, ellipsoid, type Stroke, smoothstep, sphere, stroke } from './sdf.ts';

/** Height of a head from chin to crown, in centimetres. */
export const HEAD_HEIGHT = 23;

/** Centre of the eyeball at |x|, and its radius. */
export const EYE = { x: 3.2, y: 0, z: 6.35, radius: 1.36 } as const;

/** The neck's joint, around which the head turns. */
export const JOINT = { y: -7, z: -2.5 } as const;

/** No skull reaches further from the origin than this, in centimetres. */
const HEAD_REACH = 15.5;

/** Nothing stands further off the bare skull than this, in centimetres. */
const FEATURE_HEIGHT = 2.8;

const LID_RADIUS = 1.5;
/** Half width of the opening between the lids; it rises towards the temple by the slant. */
const LID_HALF = 1.5;
const LID_SLANT = 0.1;

const BROW_RIDGE: Stroke = [0.9, 1.8, 7.5, 0.85, 4.5, 2.0, 5.9, 0.8];
const UPPER_LIP_MIDDLE: Stroke = [0, -6.93, 8.45, 0.3, 0.62, -6.84, 8.44, 0.33];
const UPPER_LIP_SIDE: Stroke = [0.62, -6.86, 8.42, 0.33, 2.45, -6.86, 7.4, 0.1];
const LOWER_LIP_MIDDLE: Stroke = [0, -7.64, 8.34, 0.45, 1.05, -7.54, 8.15, 0.4];
const LOWER_LIP_SIDE: Stroke = [1.05, -7.54, 8.15, 0.4, 2.45, -6.88, 7.4, 0.1];

/** How far the lower lip and the chin drop, in centimetres, for a mouth that is open by 0 to 1. */
function drop(mouth: number): number {
  return mouth * 1.8;
}

/** The head without features: skull, cheeks, jaw, chin. */
export function skull(x: number, y: number, z: number, head: HeadParams): number {
  const far = sphere(x, y, z, HEAD_REACH);
  if (far > HEAD_REACH / 2) return far;
  const ax = Math.abs(x);
  const low = drop(head.mouth);
  let d = ellipsoid(x, y - 3.3, z + 0.8, 7.3, 8.3, 9.3);
  d = blend(d, ellipsoid(x, y - 4, z - 2.7, 6.1, 5.4, 5.4), 1.5);
  d = blend(d, ellipsoid(x, y + 2.5, z - 2.3, 6.1, 7, 5.5), 1.5);
  d = blend(d, ellipsoid(x, y + 6 + low * 0.8, z - 2.6, 5.2 * head.jaw, 4.9, 5), 2);
  d = blend(d, ellipsoid(x, y + 9.6 + low, z - 6.8, 2.1 * head.jaw, 1.7, 1.7), 1.8);
  d = blend(d, ellipsoid(ax - 3.9, y + 2.9, z - 4.9, 2.1, 1.7, 2.1), 2);
  return blend(d, ellipsoid(x, y + 7.1, z - 5.3, 2.9, 2.5, 2.9), 1.6);
}

/** Nose with bridge, tip, wings and nostrils. */
function nose(x: number, y: number, z: number, size: number): number {
  const ax = Math.abs(x);
  let d = stroke(ax, y, z, [0, 0.8, 7.35, 0.7, 0, -3.7, 8.9 + size * 0.2, 0.75 * size]);
  d = blend(d, sphere(x, y + 4.1, z - 9.1 - size * 0.15, 0.95 * size), 0.7);
  d = blend(d, ellipsoid(ax - 1.1 * size, y + 4.6, z - 8.4, 0.66 * size, 0.62, 0.9), 0.6);
  return carve(d, -ellipsoid(ax - 0.6 * size, y + 5.2, z - 8.9, 0.34 * size, 0.26, 0.5), 0.2);
}

/** The upper and the lower lip. */
export function lips(x: number, y: number, z: number, head: HeadParams): number {
  const ax = Math.abs(x);
  const full = 0.1 * (head.lips - 1);
  const ly = y + drop(head.mouth) * (1 - smoothstep(1.2, 2.6, ax));
  const lift = y - 0.25 * head.mouth * (1 - smoothstep(0.5, 2.6, ax));
  const upper = Math.min(stroke(ax, lift, z, UPPER_LIP_MIDDLE), stroke(ax, lift, z, UPPER_LIP_SIDE));
  const lower = Math.min(stroke(ax, ly, z, LOWER_LIP_MIDDLE), stroke(ax, ly, z, LOWER_LIP_SIDE));
  return Math.min(upper, lower) - full;
}

/** The hollow of an open mouth; positive everywhere when it is closed. */
export function mouthHollow(x: number, y: number, z: number, mouth: number): number {
  if (mouth < 0.02) return 1e3;
  const half = drop(mouth) / 2;
  return ellipsoid(x, y + 7.15 + half * 0.9, z - 7, 1.5 + mouth * 0.5, half + 0.15, 2.6);
}

/**
 * The opening between the lids, a prism along z: negative inside. The upper lid does most of the closing.
 *
 * @param open 0 closed, 1 open
 */
export function lidOpening(ax: number, y: number, open: number): number {
  const ex = ax - EYE.x;
  const ey = y - EYE.y - LID_SLANT * ex;
  const t = ex / LID_HALF;
  const arch = 1 - t * t;
  const upper = -0.4 + open * 0.92;
  const top = arch > 0 ? upper * Math.sqrt(arch) * (1 + 0.12 * t) : arch;
  const bottom = -0.47 * arch;
  return Math.max(ey - top, bottom - ey) * 0.75;
}

function ear(ax: number, y: number, z: number): number {
  // Tilted back and standing off the head.
  const ex = ax - 7 - 0.2 * Math.max(0, 0.2 - z);
  const ey = y + 1.3;
  const ez = z + 0.9 + 0.18 * ey;
  const shell = ellipsoid(ex, ey, ez, 0.6, 2.9, 1.7);
  const bowl = ellipsoid(ex - 0.75, ey - 0.35, ez - 0.3, 0.5, 1.8, 1);
  return carve(shell, -bowl, 0.35);
}

/** All skin of the head. */
export function headSkin(x: number, y: number, z: number, head: HeadParams): number {
  const ax = Math.abs(x);
  let d = skull(x, y, z, head);
  // Nothing stands off the skull by more than the nose and the ears do: further out a bound is enough.
  if (d > 2 * FEATURE_HEIGHT) return d - FEATURE_HEIGHT;
  d = blend(d, ear(ax, y, z), 0.6);
  if (z > 2) {
    d = blend(d, stroke(ax, y, z, BROW_RIDGE), 1.2);
    d = carve(d, -ellipsoid(ax - 3, y + 0.1, z - 8.6, 2.1, 1.25, 1.9), 1.3);
    d = blend(d, sphere(ax - EYE.x, y - EYE.y, z - EYE.z, LID_RADIUS), 0.45);
    d = carve(d, -Math.max(lidOpening(ax, y, head.eyes), EYE.z - 1 - z), 0.1);
    d = blend(d, nose(x, y, z, head.nose), 1.1);
    d = blend(d, lips(x, y, z, head), 0.28);
    d = carve(d, -mouthHollow(x, y, z, head.mouth), 0.2);
  }
  return d;
}

/** The two eyeballs. */
export function eyeballs(x: number, y: number, z: number): number {
  return sphere(Math.abs(x) - EYE.x, y - EYE.y, z - EYE.z, EYE.radius);
}
