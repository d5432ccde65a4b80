import { EYE, eyeballs, headSkin, lidOpening, lips, mouthHollow } from './anatomy.ts';
import { hairPart } from './hair.ts';
import { fractal, noise } from './noise.ts';
import type { HeadParams } from './params.ts';
import { clamp, ellipsoid, smoothstep } from './sdf.ts';
import { type Colour, colour, type Part, type Surface, tint } from './solid.ts';

const BLUSH: Colour = [0.75, 0.2, 0.15];
const LASHES = colour('#1d130e');
const EYE_WHITE = colour('#e9e3dc');
const VEIN = colour('#c98f80');
const GUMS = colour('#38100f');
const TEETH = colour('#e6ddcb');

/** The colour of the lips that goes with a skin's: darker, and redder. */
function lip([red, green, blue]: Colour): Colour {
  return [0.5 * red + 0.02, 0.2 * green + 0.01, 0.24 * blue + 0.01];
}

/** The skin of the head, with brows, lashes, lips and stubble painted on. */
export function skinPart(head: HeadParams): Part {
  const hair = hairPart(head);
  return {
    distance: (x, y, z) => headSkin(x, y, z, head),
    paint(x, y, z, surface) {
      paintSkin(x, y, z, head, surface);
      if (hair) {
        // Single hairs and shade at the roots, so that the hairline is no edge.
        const isEar = smoothstep(6.7, 7.1, Math.abs(x));
        const roots = (1 - isEar) * (1 - smoothstep(0.05, 0.75, hair.distance(x, y, z)));
        const strands = smoothstep(0.25, 0.8, noise(x * 5, y * 1.2, z * 5) * 0.6 + roots * 0.5);
        tint(surface, head.hairColour, 0.85 * roots * strands);
      }
      if (z > 0) paintFeatures(x, y, z, head, surface);
    },
  };
}

/** Bare skin: the tone of the head with fine variation. Also for the neck, in whose own space the pores are as fine. */
export function paintSkin(x: number, y: number, z: number, head: HeadParams, surface: Surface): void {
  tint(surface, head.skin);
  const mottle = 0.9 + 0.2 * fractal(x * 0.9, y * 0.9, z * 0.9, 3);
  surface.red *= mottle;
  surface.green *= mottle * mottle;
  surface.blue *= mottle * mottle;
  surface.gloss = 0.22;
  surface.shine = 18;
  surface.glow = 1;
  const pores = 0.05;
  surface.bumpX = pores * (noise(x * 9, y * 9, z * 9) - 0.5);
  surface.bumpY = pores * (noise(x * 9 + 31, y * 9, z * 9) - 0.5);
}

function paintFeatures(x: number, y: number, z: number, head: HeadParams, surface: Surface): void {
  const ax = Math.abs(x);
  const redden = (at: number) => {
    surface.green *= 1 - at * (1 - BLUSH[1]) * 0.55;
    surface.blue *= 1 - at * (1 - BLUSH[2]) * 0.5;
  };
  redden(0.4 * (1 - smoothstep(0.5, 3.2, Math.hypot(ax - 4.1, (y + 3.2) * 1.2))));
  redden(0.35 * (1 - smoothstep(0.4, 1.9, Math.hypot(x, y + 4.3))) * smoothstep(7.5, 9, z));
  if (head.beard) paintBeard(x, y, z, head, surface);
  paintLips(x, y, z, head, surface);
  paintBrow(x, ax, y, z, head, surface);
  // Shadow of the upper lid's fold, and lashes along its edge.
  const opening = lidOpening(ax, y, head.eyes);
  const nearEye = 1 - smoothstep(1.7, 2.1, Math.abs(ax - EYE.x));
  const isUpper = smoothstep(-0.3, 0.0, y - EYE.y - 0.05);
  tint(surface, LASHES, nearEye * (0.35 + 0.5 * isUpper) * (1 - smoothstep(0.04, 0.15, opening)));
  const fold = Math.abs(opening - 0.42);
  tint(surface, LASHES, nearEye * isUpper * 0.3 * (1 - smoothstep(0.03, 0.16, fold)));
}

function paintLips(x: number, y: number, z: number, head: HeadParams, surface: Surface): void {
  const on = (1 - smoothstep(0.02, 0.16, lips(x, y, z, head))) * smoothstep(5, 6.5, z);
  if (on > 0) {
    tint(surface, lip(head.skin), 0.68 * on);
    const furrows = 1 - 0.25 * on * noise(x * 6, y * 1.2, 3);
    const tone = (1 - 0.05 * on) * furrows;
    surface.red *= tone;
    surface.green *= tone;
    surface.blue *= tone;
    surface.gloss += on * 0.15;
    surface.shine = 18 + 22 * on;
  }
  const closed = 1 - smoothstep(0.02, 0.25, head.mouth);
  const line = Math.abs(y + 7.22 + 0.05 * Math.cos(x * 2.2) - 0.06 * x * x);
  const withinLips = 1 - smoothstep(2.1, 2.6, Math.abs(x));
  tint(surface, GUMS, 0.9 * closed * withinLips * (1 - smoothstep(0.04, 0.17, line)) * smoothstep(6, 7, z));
  if (head.mouth > 0 && mouthHollow(x, y, z, head.mouth) < 0.12 && z < 8.1) tint(surface, GUMS);
}

function paintBrow(x: number, ax: number, y: number, z: number, head: HeadParams, surface: Surface): void {
  const t = clamp((ax - 1.1) / 4.1, 0, 1);
  const arch = 1.95 + 1.5 * t - 1.85 * t * t * t;
  const thick = 0.42 * (1 - t) ** 0.6 * (0.55 + 0.45 * smoothstep(0, 0.15, t)) + 0.12;
  const past = Math.max(0, 1.1 - ax) + Math.max(0, ax - 5.2);
  const away = Math.hypot(y - arch, past * 1.4) / thick;
  const hairs = noise(x * 7 + y * 3, y * 2.5 - x * 2, 1) * 0.7;
  const share = (1 - smoothstep(0.45, 1.15, away + hairs * 0.5)) * smoothstep(3, 4.5, z);
  tint(surface, head.hairColour, 0.85 * share);
  surface.gloss *= 1 - 0.7 * share;
}

function paintBeard(x: number, y: number, z: number, head: HeadParams, surface: Surface): void {
  const ax = Math.abs(x);
  const upperEdge = -5.6 + 0.55 * Math.max(0, ax - 2.6) + 1.6 * smoothstep(4.2, 6, ax);
  const below = 1 - smoothstep(upperEdge - 0.7, upperEdge + 0.3, y);
  const bare = 1 - smoothstep(0.02, 0.2, lips(x, y, z, head));
  const hairs = 0.62 + 0.5 * noise(x * 8, y * 2.6, z * 8);
  const share = clamp(below * hairs, 0, 0.92) * (1 - bare) * smoothstep(0.2, 2.6, z);
  tint(surface, head.hairColour, share);
  surface.gloss *= 1 - 0.8 * share;
  surface.bumpX += share * 0.7 * (noise(x * 9, y * 2, z * 9) - 0.5);
  surface.bumpY += share * 0.4 * (noise(x * 9, y * 2, z * 9 + 40) - 0.5);
}

/** The eyeballs, looking where the head looks. */
export function eyePart(head: HeadParams): Part {
  return {
    distance: (x, y, z) => eyeballs(x, y, z),
    paint(x, y, z, surface) {
      const side = x < 0 ? -1 : 1;
      // Off the axis of the eye, in centimetres; both eyes meet at a point far in front.
      const ex = (x - side * (EYE.x - 0.04)) / EYE.radius;
      const ey = (y - EYE.y - 0.02) / EYE.radius;
      const away = Math.hypot(ex, ey) * EYE.radius;
      const corner = smoothstep(0.75, 1.3, Math.abs(ex) * EYE.radius);
      tint(surface, EYE_WHITE);
      tint(surface, VEIN, corner * 0.45);
      if (z > EYE.z) {
        const fibres = 0.65 + 0.7 * noise(Math.atan2(ey, ex) * 7, away * 2, side * 5);
        const iris: Colour = [head.iris[0] * fibres, head.iris[1] * fibres, head.iris[2] * fibres];
        tint(surface, iris, 1 - smoothstep(0.6, 0.66, away));
        tint(surface, LASHES, 0.75 * smoothstep(0.48, 0.6, away) * (1 - smoothstep(0.62, 0.7, away)));
        tint(surface, [0.006, 0.005, 0.005], 1 - smoothstep(0.25, 0.3, away));
      }
      // The upper lid and its lashes keep light off the upper part.
      const opening = -lidOpening(Math.abs(x), y, head.eyes);
      const shade =
        y > 0 ? 0.45 + 0.55 * smoothstep(0, 0.45, opening) : 0.75 + 0.25 * smoothstep(0, 0.2, opening);
      surface.red *= shade;
      surface.green *= shade;
      surface.blue *= shade;
      surface.gloss = 1;
      surface.shine = 220;
    },
  };
}

/** The upper teeth, seen when the mouth is open. */
export function teethPart(head: HeadParams): Part {
  return {
    distance: (x, y, z) =>
      head.mouth < 0.02 ? 1e3 : Math.max(ellipsoid(x, y + 6.9, z - 5.3, 2.3, 0.75, 2.55), 5.5 - z),
    paint(x, _y, _z, surface) {
      tint(surface, TEETH);
      const gap = Math.abs(((x * 1.25 + 50.5) % 1) - 0.5);
      tint(surface, GUMS, 0.5 * smoothstep(0.44, 0.5, gap));
      surface.gloss = 0.5;
      surface.shine = 60;
    },
  };
}
