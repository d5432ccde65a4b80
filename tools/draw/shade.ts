import type { Figure } from './figure.ts';
import { clamp, mix, smoothstep } from './sdf.ts';
import type { Surface } from './solid.ts';

/** A lamp so far away that its light comes from one direction (unit vector towards the lamp), as R, G, B. */
interface Lamp {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly light: readonly [number, number, number];
  readonly casts: boolean;
}

function lamp(x: number, y: number, z: number, light: Lamp['light'], casts = false): Lamp {
  const length = Math.hypot(x, y, z);
  return { x: x / length, y: y / length, z: z / length, light, casts };
}

/** A studio: a warm key from the upper left, a cool fill from the right, a rim from behind. */
const LAMPS: readonly Lamp[] = [
  lamp(-0.45, 0.56, 0.85, [2.05, 1.9, 1.72], true),
  lamp(0.85, 0.12, 0.6, [0.3, 0.34, 0.42]),
  lamp(0.75, 0.5, -0.75, [0.85, 0.82, 0.8]),
];

const SKY = [0.42, 0.43, 0.46] as const;
const GROUND = [0.22, 0.18, 0.16] as const;

/** How far light of each colour seeps around an edge of skin. */
const SEEP = [0.34, 0.14, 0.09] as const;

const STEP = 0.02;

/** The unit normal of a figure at a point, into `out`: the slope of the distance over four corners. */
export function normalAt(figure: Figure, x: number, y: number, z: number, out: Float64Array): void {
  const a = figure.distance(x + STEP, y - STEP, z - STEP);
  const b = figure.distance(x - STEP, y - STEP, z + STEP);
  const c = figure.distance(x - STEP, y + STEP, z - STEP);
  const d = figure.distance(x + STEP, y + STEP, z + STEP);
  setUnit(out, a - b - c + d, -a - b + c + d, -a + b - c + d);
}

function setUnit(out: Float64Array, x: number, y: number, z: number): void {
  const scale = 1 / (Math.sqrt(x * x + y * y + z * z) || 1);
  out[0] = x * scale;
  out[1] = y * scale;
  out[2] = z * scale;
}

/**
 * The light that a point of a figure sends to the viewer, in linear light before exposure, into `out`.
 *
 * @param normal the unit normal; the surface's bumps are added to it
 * @param ray    unit vector from the viewer to the point
 */
export function shade(
  figure: Figure,
  surface: Surface,
  point: Float64Array,
  normal: Float64Array,
  ray: Float64Array,
  out: Float64Array,
): void {
  const x = point[0];
  const y = point[1];
  const z = point[2];
  const vx = -ray[0];
  const vy = -ray[1];
  const vz = -ray[2];
  const open = openness(figure, point, normal);
  setUnit(normal, normal[0] + surface.bumpX, normal[1] + surface.bumpY, normal[2] + surface.bumpZ);
  const nx = normal[0];
  const ny = normal[1];
  const nz = normal[2];
  const up = 0.5 + 0.5 * ny;
  const facing = Math.max(0, nx * vx + ny * vy + nz * vz);
  const edge = (1 - facing) ** 4;
  const albedo = [surface.red, surface.green, surface.blue];
  const hasStrands = surface.strandX !== 0 || surface.strandY !== 0 || surface.strandZ !== 0;
  for (let c = 0; c < 3; c++) {
    // Where little light gets in, what does has been on skin before: it is warmer.
    const ambient = open ** (1 - 0.45 * surface.glow * (c === 0 ? 1 : 0.15));
    out[c] = albedo[c] * mix(GROUND[c], SKY[c], up) * ambient + 0.25 * surface.gloss * edge * open * SKY[c];
  }
  for (const { x: lx, y: ly, z: lz, light, casts } of LAMPS) {
    const incidence = nx * lx + ny * ly + nz * lz;
    const lit =
      casts && incidence > -0.3 ? shadow(figure, x + nx * 0.1, y + ny * 0.1, z + nz * 0.1, lx, ly, lz) : open;
    const hx = lx + vx;
    const hy = ly + vy;
    const hz = lz + vz;
    const half = 1 / (Math.sqrt(hx * hx + hy * hy + hz * hz) || 1);
    let highlight: number;
    if (hasStrands) {
      const along =
        (surface.strandX * hx + surface.strandY * hy + surface.strandZ * hz) *
        (half / Math.hypot(surface.strandX, surface.strandY, surface.strandZ));
      highlight = Math.max(0, 1 - along * along) ** (surface.shine / 2) * clamp(incidence + 0.2, 0, 1);
    } else {
      highlight =
        Math.max(0, (nx * hx + ny * hy + nz * hz) * half) ** surface.shine * (incidence > 0 ? 1 : 0);
      highlight *= 1 + surface.shine / 24;
    }
    for (let c = 0; c < 3; c++) {
      const seep = SEEP[c] * surface.glow;
      const diffuse = Math.max(0, (incidence + seep) / (1 + seep)) ** (1 + seep);
      const soft = lit ** (1 - 0.5 * seep);
      out[c] += light[c] * soft * (albedo[c] * diffuse + surface.gloss * 0.3 * highlight);
    }
  }
}

/** How open the surroundings of a point are, 0 to 1: distances along the normal, compared with a free plane's. */
function openness(figure: Figure, point: Float64Array, normal: Float64Array): number {
  let hidden = 0;
  let weight = 0.5;
  for (let reach = 0.15; reach < 6; reach *= 2.2) {
    const d = figure.distance(
      point[0] + normal[0] * reach,
      point[1] + normal[1] * reach,
      point[2] + normal[2] * reach,
    );
    hidden += (weight * Math.max(0, reach - d)) / reach;
    weight *= 0.82;
  }
  return clamp(1 - 0.62 * hidden, 0.05, 1);
}

/** How much of the key lamp a point sees, 0 to 1, with a soft edge. */
function shadow(figure: Figure, x: number, y: number, z: number, lx: number, ly: number, lz: number): number {
  let lit = 1;
  for (let t = 0.15; t < 26 && lit > 0.01; ) {
    const d = figure.distance(x + lx * t, y + ly * t, z + lz * t);
    lit = Math.min(lit, (5 * d) / t + 0.15);
    t += clamp(d, 0.35, 4);
  }
  return smoothstep(0, 1, clamp(lit, 0, 1));
}
