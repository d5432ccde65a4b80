import { mix } from './sdf.ts';

/** A number from 0 to 1 for a point of the integer grid; the same one each time. */
function hash(x: number, y: number, z: number): number {
  let h = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(z, 2147483647);
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  h = Math.imul(h ^ (h >>> 16), 2246822519);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967295;
}

/** Smooth noise from 0 to 1 with features of about one unit (value noise). */
export function noise(x: number, y: number, z: number): number {
  const ix = Math.floor(x);
  const iy = Math.floor(y);
  const iz = Math.floor(z);
  const u = ease(x - ix);
  const v = ease(y - iy);
  const w = ease(z - iz);
  const near = mix(edge(ix, iy, iz, u), edge(ix, iy + 1, iz, u), v);
  const far = mix(edge(ix, iy, iz + 1, u), edge(ix, iy + 1, iz + 1, u), v);
  return mix(near, far, w);
}

/** Noise with finer and fainter features on top, from 0 to 1. */
export function fractal(x: number, y: number, z: number, octaves: number): number {
  let sum = 0;
  let weight = 0;
  let amplitude = 1;
  let scale = 1;
  for (let i = 0; i < octaves; i++) {
    sum += amplitude * noise(x * scale, y * scale + i * 17, z * scale);
    weight += amplitude;
    amplitude /= 2;
    scale *= 2;
  }
  return sum / weight;
}

/** Along one edge of a cell of the grid. */
function edge(x: number, y: number, z: number, u: number): number {
  return mix(hash(x, y, z), hash(x + 1, y, z), u);
}

function ease(t: number): number {
  return t * t * (3 - 2 * t);
}
