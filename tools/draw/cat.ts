import { type Figure, jointed } from './figure.ts';
import { fractal, noise } from './noise.ts';
import type { HeadParams } from './params.ts';
import { headRotation } from './pose.ts';
import { blend, carve, ellipsoid, type Stroke, smoothstep, sphere, stroke } from './sdf.ts';
import { type Colour, colour, type Part, type Surface, tint } from './solid.ts';

const FUR = colour('#8f8d8a');
const STRIPES = colour('#3a3634');
const WHITE = colour('#efe6d8');
const PINK = colour('#c77f78');
const BLACK: Colour = [0.008, 0.007, 0.006];

const EYE = { x: 4.1, y: 0.9, z: 5.5, radius: 1.95 } as const;
const BRIDGE: Stroke = [0, 2.2, 6.4, 1.9, 0, -2.4, 8, 1.3];
const EAR: Stroke = [5.6, 5, -0.5, 3.6, 8.2, 13.2, -1.2, 0.35];
const EAR_BOWL: Stroke = [5.7, 5.6, 2.4, 2.3, 8, 12.2, 0.6, 0.2];
const WHISKERS: readonly Stroke[] = [
  [2.6, -4, 8.3, 0.09, 12, -2.4, 6, 0.02],
  [2.6, -4.5, 8.3, 0.09, 12.4, -5, 6, 0.02],
  [2.4, -5, 8.2, 0.09, 11.6, -7.6, 6, 0.02],
];

/** A grey tabby cat, as large as a person and held the same way: what a detector of humans must not fall for. */
export function cat(head: HeadParams): Figure {
  return jointed({
    rotation: headRotation(head),
    skin: { distance: face, paint: paintFace },
    headParts: [eyes, whiskers],
    neck: body,
    bodyParts: [],
  });
}

function face(x: number, y: number, z: number): number {
  const ax = Math.abs(x);
  let d = ellipsoid(x, y - 0.8, z + 0.5, 9.4, 8, 7.8);
  d = blend(d, ellipsoid(ax - 5, y + 3, z - 1.5, 4.8, 3.8, 4.2), 2);
  const ear = carve(stroke(ax, y, z * 1.7, EAR) * 0.6, -stroke(ax, y, z, EAR_BOWL), 0.3);
  d = blend(d, ear, 1);
  d = blend(d, stroke(ax, y, z, BRIDGE), 1.2);
  d = blend(d, ellipsoid(ax - 1.55, y + 4.3, z - 7, 2.1, 1.7, 2), 0.5);
  d = blend(d, sphere(x, y + 6.2, z - 6, 1.5), 0.8);
  return carve(d, -lids(ax, y, z), 0.15) * 0.9;
}

/** The almond between the lids, slanted, as a prism along z. */
function lids(ax: number, y: number, z: number): number {
  const ex = ax - EYE.x;
  const ey = y - EYE.y - 0.28 * ex;
  return Math.max(Math.hypot(ex / 1.12, ey * 1.35) - 1.5, EYE.z - z);
}

function paintFace(x: number, y: number, z: number, surface: Surface): void {
  const ax = Math.abs(x);
  paintFur(x, y, z, surface);
  const bib = 1 - smoothstep(1.6, 4.2, Math.hypot(ax * 0.85, (y + 5.2) * 0.9));
  tint(surface, WHITE, 0.75 * bib * smoothstep(2, 5, z));
  tint(
    surface,
    WHITE,
    0.2 * (1 - smoothstep(2, 2.9, Math.hypot(ax - EYE.x, y - EYE.y))) * smoothstep(2, 5, z),
  );
  tint(surface, PINK, 0.75 * (1 - smoothstep(0, 0.25, stroke(ax, y, z, EAR_BOWL))));
  tint(
    surface,
    PINK,
    1 -
      smoothstep(0.75, 0.95, Math.hypot(x * 0.75, (y + 2.75) * (y > -2.75 ? 1.2 : 0.9)) + 9 - Math.min(z, 9)),
  );
  const seam = Math.min(Math.abs(x), Math.abs(Math.hypot(ax - 1.5, y + 4.4) - 1.65) + (y > -5 ? 9 : 0));
  tint(
    surface,
    BLACK,
    0.4 * (1 - smoothstep(0.06, 0.2, seam)) * (y < -3.4 && y > -6.4 ? 1 : 0) * smoothstep(5, 6.5, z),
  );
  tint(surface, BLACK, 0.85 * (1 - smoothstep(0.05, 0.4, lids(ax, y, z))));
}

function paintFur(x: number, y: number, z: number, surface: Surface): void {
  const ax = Math.abs(x);
  const bend = 1.4 * fractal(ax * 0.3, y * 0.3, z * 0.3, 3);
  const band = Math.sin((y > 3 && ax < 4 ? ax * 2.6 : y * 0.9 + ax * 0.35) + bend * 3);
  const hairs = noise(x * 4, y * 1.4, z * 4);
  tint(surface, FUR);
  tint(surface, STRIPES, 0.75 * smoothstep(0.1, 0.7, band + 0.5 * (hairs - 0.5)));
  const tone = 0.7 + 0.5 * hairs;
  surface.red *= tone;
  surface.green *= tone;
  surface.blue *= tone;
  surface.gloss = 0.06;
  surface.shine = 8;
  surface.glow = 0.4;
  surface.bumpX = 0.9 * (noise(x * 5, y * 2, z * 5 + 9) - 0.5);
  surface.bumpY = 0.7 * (hairs - 0.5);
}

const eyes: Part = {
  distance: (x, y, z) => sphere(Math.abs(x) - EYE.x, y - EYE.y, z - EYE.z, EYE.radius),
  paint(x, y, _z, surface) {
    const ex = Math.abs(x) - EYE.x;
    const ey = y - EYE.y;
    const fibres = 0.75 + 0.5 * noise(Math.atan2(ey, ex) * 8, Math.hypot(ex, ey), 1);
    tint(surface, [0.35 * fibres, 0.46 * fibres, 0.06]);
    tint(surface, BLACK, 1 - smoothstep(0.95, 1.1, Math.hypot(ex * 2.6, ey * 0.78)));
    tint(surface, BLACK, smoothstep(1.45, 1.7, Math.hypot(ex, ey)));
    surface.gloss = 1;
    surface.shine = 200;
  },
};

const whiskers: Part = {
  distance: (x, y, z) => Math.min(...WHISKERS.map((whisker) => stroke(Math.abs(x), y, z, whisker))),
  paint: (_x, _y, _z, surface) => tint(surface, [0.9, 0.88, 0.84]),
};

const body: Part = {
  distance: (x, y, z) =>
    blend(stroke(x, y, z, [0, -6, -3, 6.5, 0, -18, -5, 9]), ellipsoid(x, y + 30, z + 6, 14, 16, 12), 4),
  paint(x, y, z, surface) {
    paintFur(x, y, z, surface);
    tint(surface, WHITE, 1 - smoothstep(2.5, 5.5, Math.hypot(x, (y + 20) * 0.45)));
  },
};
