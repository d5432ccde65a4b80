import { EYE, skull } from './anatomy.ts';
import { fractal, noise } from './noise.ts';
import type { HeadParams } from './params.ts';
import { blend, box, carve, ellipsoid, ring, type Stroke, smoothstep, stroke } from './sdf.ts';
import { type Colour, colour, type Part, tint } from './solid.ts';

/** The parts, in the head's space, of what covers a face. */
export function coverParts(head: HeadParams): readonly Part[] {
  switch (head.cover) {
    case 'none':
      return [];
    case 'mask':
      return [mask(head), maskLoops()];
    case 'scarf':
      return [scarf(head)];
    case 'phone':
      return [phone()];
    case 'glasses':
      return [frames()];
    case 'sunglasses':
      return [frames(), lenses()];
  }
}

const MASK = colour('#9fc4d6');
const LOOP_UP: Stroke = [5.6, -3.2, 5.6, 0.14, 7.6, 1.4, -1.2, 0.14];
const LOOP_DOWN: Stroke = [5.2, -8.6, 4.4, 0.14, 7.4, -4.4, -2, 0.14];

/** A pleated medical mask from the bridge of the nose to under the chin, following the face. */
function mask(head: HeadParams): Part {
  const pleats = (y: number) => 0.5 + 0.5 * Math.cos((y + 5) * 2.4);
  return {
    distance(x, y, z) {
      const ax = Math.abs(x);
      const overNose = stroke(ax, y, z, [0, -0.8, 7.6, 1.2, 0, -4.2, 9, 1.75]);
      const overMouth = ellipsoid(x, y + 7.2, z - 5.6, 4, 4.6, 4);
      const form = blend(blend(skull(x, y, z, head) - 0.35, overNose, 1.5), overMouth, 1.2);
      // Its upper edge dips from the nose to the cheeks.
      const top = y + 1.7 + 0.16 * ax * Math.sqrt(ax + 0.1);
      const outline = Math.max(top, -11.6 - y, ax - 6.3, 2.4 - z);
      return carve(form - 0.07 * pleats(y), outline * 0.8, 0.12) * 0.85;
    },
    paint(_x, y, _z, surface) {
      const hem = y > -2.6 ? 0.93 : 1;
      const tone = (0.8 + 0.2 * pleats(y)) * hem;
      tint(surface, [MASK[0] * tone, MASK[1] * tone, MASK[2] * tone]);
      surface.gloss = 0.05;
      surface.bumpY = 0.25 * Math.sin((y + 5) * 2.4);
    },
  };
}

function maskLoops(): Part {
  return {
    distance: (x, y, z) => Math.min(stroke(Math.abs(x), y, z, LOOP_UP), stroke(Math.abs(x), y, z, LOOP_DOWN)),
    paint: (_x, _y, _z, surface) => tint(surface, [0.85, 0.88, 0.9]),
  };
}

const SCARF: Colour = colour('#8f2f35');

/** A knitted scarf wound around neck and chin, up over the nose. */
function scarf(head: HeadParams): Part {
  return {
    distance(x, y, z) {
      const near = skull(x, y, z, head) - 1.5;
      if (near > 8) return near - 6;
      const fold = 0.35 * Math.sin(y * 1.3 + x * 0.25) + 0.5 * (fractal(x * 0.3, y * 0.3, z * 0.3, 2) - 0.5);
      let d = blend(near, ellipsoid(x, y + 6.2, z - 6.2, 5.2, 4.6, 4.4), 2);
      d = carve(d, y + 2.9 + 0.03 * x * x - 0.15 * Math.min(0, z), 0.6);
      d = blend(d, ring(x, y + 12.5, z + 0.8, 7.2, 7.4, 2.8), 2);
      return (d - fold * 0.7) * 0.75;
    },
    paint(x, y, z, surface) {
      const knit = Math.sin(x * 8 + Math.sin(y * 16) * 0.8);
      const tone = 0.8 + 0.2 * knit + 0.15 * (noise(x * 3, y * 3, z * 3) - 0.5);
      tint(surface, [SCARF[0] * tone, SCARF[1] * tone, SCARF[2] * tone]);
      surface.gloss = 0.02;
      surface.bumpX = 0.3 * Math.cos(x * 8);
    },
  };
}

/** A phone held up in front of mouth and nose, its back to the viewer. */
function phone(): Part {
  return {
    distance: (x, y, z) => box(x, y + 7, z - 12, 4.4, 5, 0.45, 0.4),
    paint(x, y, _z, surface) {
      tint(surface, [0.012, 0.013, 0.016]);
      const lens = Math.min(Math.hypot(x - 2.9, y + 3.6), Math.hypot(x - 2.9, y + 5.4));
      tint(surface, [0.1, 0.11, 0.14], smoothstep(0.5, 0.55, lens) * (1 - smoothstep(0.62, 0.68, lens)));
      surface.gloss = 0.7;
      surface.shine = 90;
    },
  };
}

/** The plane of a pair of glasses bends back with the face. */
function beforeEye(ax: number, z: number): number {
  return z - (9.3 - 0.07 * ax * ax);
}

function frames(): Part {
  const temple: Stroke = [5.9, 0.9, 7, 0.2, 7.8, 0.6, -1.5, 0.2];
  const bridge: Stroke = [0, 0.75, 9.4, 0.2, 1, 0.5, 9.2, 0.2];
  return {
    distance(x, y, z) {
      const ax = Math.abs(x);
      const rim = ring(ax - EYE.x - 0.1, beforeEye(ax, z), y + 0.15, 2.55, 2.05, 0.2);
      return Math.min(rim, stroke(ax, y, z, temple), stroke(ax, y, z, bridge)) * 0.85;
    },
    paint(_x, _y, _z, surface) {
      tint(surface, [0.02, 0.014, 0.01]);
      surface.gloss = 0.7;
      surface.shine = 70;
    },
  };
}

function lenses(): Part {
  return {
    distance(x, y, z) {
      const ax = Math.abs(x);
      return ellipsoid(ax - EYE.x - 0.1, y + 0.15, beforeEye(ax, z), 2.6, 2.1, 0.14) * 0.5;
    },
    paint(_x, y, _z, surface) {
      const sky = smoothstep(-2, 2.4, y);
      tint(surface, [0.01 + 0.02 * sky, 0.011 + 0.022 * sky, 0.014 + 0.03 * sky]);
      surface.gloss = 0.8;
      surface.shine = 120;
    },
  };
}
