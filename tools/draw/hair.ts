import { fractal, noise } from './noise.ts';
import type { HeadParams } from './params.ts';
import { blend, carve, ellipsoid, sphere } from './sdf.ts';
import { type Part, type Surface, tint } from './solid.ts';

/** Where the hair parts: strands run down from here, around an axis through it. */
const PARTING = { x: 2.4, y: 11.4, z: 1.5 } as const;

/** Only so near to it the surface's unevenness matters, in centimetres; it is under half of this. */
const NEAR = 1.8;

/** The hair of the head, or null for a bald one. */
export function hairPart(head: HeadParams): Part | null {
  if (head.hair === 'bald') return null;
  const shape = head.hair === 'long' ? longHair : shortHair;
  return {
    distance(x, y, z) {
      const d = shape(x, y, z);
      return d < NEAR ? (d + locks(x, y, z)) * 0.75 : d - NEAR / 2;
    },
    paint: (x, y, z, surface) => paintHair(x, y, z, head, surface),
  };
}

function shortHair(x: number, y: number, z: number): number {
  const ax = Math.abs(x);
  let d = ellipsoid(x, y - 3.9, z + 1.1, 7.75, 8.7, 9.8);
  d = blend(d, ellipsoid(x - 0.8, y - 9, z - 4.2, 5.4, 3, 4.6), 1.5);
  if (d > NEAR) return d;
  const face = ellipsoid(x, y + 1.6, z - 10.2, 9.3, 8.6, 7.2);
  if (face < -NEAR) return -face;
  // The face, then everything below a line from the sideburns to the nape, then the ears stay free.
  d = carve(d, -face - fringe(x, z), 0.4);
  d = carve(d, -(y + 2.2 + 0.55 * Math.max(0, -z - 0.5)) * 0.87, 0.5);
  return carve(d, -ellipsoid(ax - 7.6, y + 1.9, z + 0.9, 1.6, 3.4, 2.1), 0.4);
}

function longHair(x: number, y: number, z: number): number {
  const ax = Math.abs(x);
  let d = ellipsoid(x, y - 3.6, z + 1.3, 8.3, 9, 10);
  d = blend(d, ellipsoid(ax - 6.7, y + 7, z + 0.6, 2.5, 16, 4), 2);
  d = blend(d, ellipsoid(x, y + 7, z + 5.2, 7.6, 16, 4.5), 2);
  if (d > NEAR) return d;
  const face = ellipsoid(x, y + 2.2, z - 9.6, 6.6, 9.3, 9.4);
  if (face < -NEAR) return -face;
  d = carve(d, -face - fringe(x, z), 0.5);
  return carve(d, -sphere(x, y + 12.5, z - 9, 8.6), 1);
}

/** How a point lies among the strands: the angle around the parting's axis. */
function around(x: number, z: number): number {
  return Math.atan2(x - PARTING.x, z + PARTING.z);
}

/** How unevenly the hairline runs, in centimetres. */
function fringe(x: number, z: number): number {
  const angle = around(x, z);
  return 0.9 * (noise(angle * 22, 5, 1) - 0.5) + 0.6 * (noise(angle * 60, 9, 1) - 0.5);
}

/** Locks that stand out from the even shape, in centimetres. */
function locks(x: number, y: number, z: number): number {
  const angle = around(x, z);
  const sway = fractal(x * 0.22, y * 0.22, z * 0.22, 2) * 2.2;
  return (
    0.32 * (noise(angle * 7 + sway, y * 0.12, 7) - 0.5) + 0.12 * (noise(angle * 19 + sway, y * 0.2, 3) - 0.5)
  );
}

function paintHair(x: number, y: number, z: number, head: HeadParams, surface: Surface): void {
  const angle = around(x, z);
  const sway = fractal(x * 0.12, y * 0.05, z * 0.12, 2) * 2.2;
  const strand = noise(angle * 55 + sway * 8, y * 0.3, z * 0.1);
  const fine = noise(angle * 130 + sway * 20, y * 0.5, 11);
  tint(surface, head.hairColour);
  const tone = 0.5 + 0.75 * strand + 0.35 * fine;
  surface.red *= tone;
  surface.green *= tone;
  surface.blue *= tone;
  surface.gloss = 0.1 + 0.5 * Math.min(0.45, Math.sqrt(head.hairColour[0]));
  surface.shine = 30;
  surface.glow = 0.3;
  // Strands run away from the parting, over the skull and then down.
  const dx = x - PARTING.x;
  const dz = z + PARTING.z;
  const reach = Math.hypot(dx, dz) + 0.1;
  const fall = Math.min(1, reach / 9);
  const wave = (strand - 0.5) * 0.35;
  const flat = Math.sqrt(1 - fall * fall);
  surface.strandX = (dx / reach) * flat - (dz / reach) * wave;
  surface.strandY = -fall - 0.15;
  surface.strandZ = (dz / reach) * flat + (dx / reach) * wave;
  const lift = (strand - 0.5) * 0.7 + (fine - 0.5) * 0.35;
  surface.bumpX = (dz / reach) * lift;
  surface.bumpZ = -(dx / reach) * lift;
}
