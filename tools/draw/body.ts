import { fractal, noise } from './noise.ts';
import type { HeadParams } from './params.ts';
import { blend, carve, ellipsoid, type Stroke, stroke } from './sdf.ts';
import { paintSkin } from './skin.ts';
import { type Part, tint } from './solid.ts';

const NECK: Stroke = [0, -8, -2, 4.5, 0, -19, -3.6, 5.2];
const TRAPEZIUS: Stroke = [1.5, -15, -4.5, 4, 16.5, -23.5, -5.5, 4.6];
const ARM: Stroke = [18.5, -25.5, -5, 5.2, 22.5, -66, -3, 4.2];
const WAIST: Stroke = [0, -38, -4.5, 13, 0, -95, -4.5, 15];

/** Nothing of the skin, and nothing of the clothes, is higher than this. */
const NECK_TOP = -3.4;
const COLLAR_TOP = -12.5;
/** Further above than this, in centimetres, the distance to that height is near enough. */
const FAR = 4;

/** The neck and what joins it to the shoulders, in the body's space, which the head's turns leave alone. */
function neck(x: number, y: number, z: number): number {
  const d = stroke(x, y, z, NECK);
  return blend(d, stroke(Math.abs(x), y, z, TRAPEZIUS), 3);
}

/** Chest, shoulders and arms. */
function torso(x: number, y: number, z: number): number {
  const ax = Math.abs(x);
  let d = ellipsoid(x, y + 36, z + 4.5, 18.5, 17, 10);
  d = blend(d, stroke(ax, y, z, TRAPEZIUS), 3);
  d = blend(d, stroke(ax, y, z, WAIST), 4);
  return blend(d, stroke(ax, y, z, ARM), 3);
}

/** Skin of the neck and the chest. */
export function neckPart(head: HeadParams): Part {
  return {
    distance: (x, y, z) => (y > NECK_TOP + FAR ? y - NECK_TOP : Math.min(neck(x, y, z), torso(x, y, z))),
    paint: (x, y, z, surface) => paintSkin(x, y, z, head, surface),
  };
}

/** A knitted pullover with a ribbed collar. */
export function clothesPart(head: HeadParams): Part {
  // Height above the middle of the collar, which is lower at the throat than at the nape.
  const above = (y: number, z: number) => y + 16.6 + 0.34 * (z + 3.3);
  return {
    distance(x, y, z) {
      if (y > COLLAR_TOP + FAR) return y - COLLAR_TOP;
      const d = blend(torso(x, y, z), stroke(x, y, z, NECK), 3.5) - 0.7;
      const folds = d < 1.6 ? 0.5 * (fractal(x * 0.12, y * 0.12, z * 0.12, 2) - 0.5) : 0.25;
      return carve(d - folds, above(y, z), 0.9) * 0.9;
    },
    paint(x, y, z, surface) {
      tint(surface, head.clothes);
      const isCollar = above(y, z) > -1.6;
      const ribs = Math.sin((isCollar ? Math.atan2(x, z + 3) * 7 : x) * 7);
      const weave = (isCollar ? 0.8 : 0.9) + 0.1 * ribs + 0.2 * (noise(x * 6, y * 9, z * 6) - 0.5);
      surface.red *= weave;
      surface.green *= weave;
      surface.blue *= weave;
      surface.gloss = 0.03;
      surface.shine = 6;
      surface.bumpX = 0.14 * ribs;
      surface.bumpY = 0.3 * (noise(x * 3, y * 8, z * 3) - 0.5);
    },
  };
}
