import { JOINT } from './anatomy.ts';
import { clothesPart, neckPart } from './body.ts';
import { coverParts } from './covers.ts';
import { hairPart } from './hair.ts';
import { fractal } from './noise.ts';
import type { HeadParams } from './params.ts';
import { headRotation, type Rotation } from './pose.ts';
import { blend, mix, smoothstep } from './sdf.ts';
import { eyePart, skinPart, teethPart } from './skin.ts';
import { type Part, reset, type Surface, tint } from './solid.ts';

/** Something that can be rendered: a solid in the body's space, in centimetres, with its paint. */
export type Figure = Part;

/** Where the head's skin goes over into the neck's, in centimetres. */
const NECK_BLEND = 2.2;

/** The same figure, carved of marble: all of its paint is gone but for a little dirt in the hollows. */
export function carved(figure: Figure): Figure {
  return {
    distance: figure.distance,
    paint(x, y, z, surface) {
      figure.paint(x, y, z, surface);
      const depth = 0.3 * (surface.red + surface.green + surface.blue);
      const vein = 1 - smoothstep(0.02, 0.12, Math.abs(fractal(x * 0.11, y * 0.11, z * 0.11, 4) - 0.5));
      const tone = mix(0.5, 0.68, smoothstep(0.01, 0.35, depth)) * (1 - 0.12 * vein);
      tint(surface, [tone, tone * 0.97, tone * 0.92]);
      surface.gloss = 0.25;
      surface.shine = 30;
      surface.glow = 0.3;
      surface.strandX = surface.strandY = surface.strandZ = 0;
    },
  };
}

/** A person. The head turns around the top of the neck; the body always faces the viewer. */
export function person(head: HeadParams): Figure {
  const ofHead = [eyePart(head), teethPart(head), hairPart(head), ...coverParts(head)].filter(
    (part) => part !== null,
  );
  return jointed({
    rotation: headRotation(head),
    skin: skinPart(head),
    headParts: ofHead,
    neck: neckPart(head),
    bodyParts: [clothesPart(head)],
  });
}

/** A figure of parts: those of the head turn with it, and its skin is blended with the neck's. */
export interface Joints {
  readonly rotation: Rotation;
  readonly skin: Part;
  readonly headParts: readonly Part[];
  readonly neck: Part;
  readonly bodyParts: readonly Part[];
}

/** Joins a head and a body. */
export function jointed({ rotation: m, skin, headParts, neck, bodyParts }: Joints): Figure {
  const headX = (x: number, y: number, z: number) => m[0] * x + m[3] * y + m[6] * z;
  const headY = (x: number, y: number, z: number) => m[1] * x + m[4] * y + m[7] * z + JOINT.y;
  const headZ = (x: number, y: number, z: number) => m[2] * x + m[5] * y + m[8] * z + JOINT.z;
  return {
    distance(x, y, z) {
      const dy = y - JOINT.y;
      const dz = z - JOINT.z;
      const hx = headX(x, dy, dz);
      const hy = headY(x, dy, dz);
      const hz = headZ(x, dy, dz);
      let d = blend(skin.distance(hx, hy, hz), neck.distance(x, y, z), NECK_BLEND);
      for (const part of headParts) d = Math.min(d, part.distance(hx, hy, hz));
      for (const part of bodyParts) d = Math.min(d, part.distance(x, y, z));
      return d;
    },
    paint(x, y, z, surface) {
      const dy = y - JOINT.y;
      const dz = z - JOINT.z;
      const hx = headX(x, dy, dz);
      const hy = headY(x, dy, dz);
      const hz = headZ(x, dy, dz);
      let nearest = skin.distance(hx, hy, hz);
      let part = skin;
      let isHead = true;
      const offer = (other: Part, d: number, ofHead: boolean) => {
        if (d >= nearest) return;
        nearest = d;
        part = other;
        isHead = ofHead;
      };
      offer(neck, neck.distance(x, y, z), false);
      // Where both skins blend, the surface lies outside either: other parts compete with the blend.
      nearest = blend(
        nearest,
        part === neck ? skin.distance(hx, hy, hz) : neck.distance(x, y, z),
        NECK_BLEND,
      );
      for (const other of headParts) offer(other, other.distance(hx, hy, hz), true);
      for (const other of bodyParts) offer(other, other.distance(x, y, z), false);
      reset(surface);
      if (isHead) {
        part.paint(hx, hy, hz, surface);
        turn(surface, m);
      } else {
        part.paint(x, y, z, surface);
      }
    },
  };
}

/** Turns a surface's directions from the head's space to the body's. */
function turn(s: Surface, m: Rotation): void {
  const { strandX: sx, strandY: sy, strandZ: sz, bumpX: bx, bumpY: by, bumpZ: bz } = s;
  s.strandX = m[0] * sx + m[1] * sy + m[2] * sz;
  s.strandY = m[3] * sx + m[4] * sy + m[5] * sz;
  s.strandZ = m[6] * sx + m[7] * sy + m[8] * sz;
  s.bumpX = m[0] * bx + m[1] * by + m[2] * bz;
  s.bumpY = m[3] * bx + m[4] * by + m[5] * bz;
  s.bumpZ = m[6] * bx + m[7] * by + m[8] * bz;
}
