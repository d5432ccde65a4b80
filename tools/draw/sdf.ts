/**
 * Signed distances to simple solids, negative inside, in the unit of their arguments. Those of ellipsoids and
 * cones are bounds rather than exact, which is why the renderer steps a little shorter than they say.
 * Formulas: Inigo Quilez, "Distance functions" and "Smooth minimum", iquilezles.org.
 */

/** Distance to a sphere of radius `r` around the origin. */
export function sphere(x: number, y: number, z: number, r: number): number {
  return Math.sqrt(x * x + y * y + z * z) - r;
}

/** Distance to an ellipsoid around the origin with half axes `a`, `b`, `c`. */
export function ellipsoid(x: number, y: number, z: number, a: number, b: number, c: number): number {
  const u = x / a;
  const v = y / b;
  const w = z / c;
  const reach = Math.sqrt(u * u + v * v + w * w);
  const slope = Math.sqrt((u * u) / (a * a) + (v * v) / (b * b) + (w * w) / (c * c));
  return slope > 0 ? (reach * (reach - 1)) / slope : -Math.min(a, b, c);
}

/** A stroke from one end to the other, with a radius at each: x, y, z, radius, x, y, z, radius. */
export type Stroke = readonly [number, number, number, number, number, number, number, number];

/** Distance to a stroke: a capsule whose radius goes over from one end's to the other's. */
export function stroke(x: number, y: number, z: number, s: Stroke): number {
  const px = x - s[0];
  const py = y - s[1];
  const pz = z - s[2];
  const dx = s[4] - s[0];
  const dy = s[5] - s[1];
  const dz = s[6] - s[2];
  const along = clamp((px * dx + py * dy + pz * dz) / (dx * dx + dy * dy + dz * dz), 0, 1);
  const qx = px - dx * along;
  const qy = py - dy * along;
  const qz = pz - dz * along;
  return Math.sqrt(qx * qx + qy * qy + qz * qz) - mix(s[3], s[7], along);
}

/** Distance to a box around the origin with half edges `a`, `b`, `c` and corners rounded by `r`. */
export function box(x: number, y: number, z: number, a: number, b: number, c: number, r: number): number {
  const qx = Math.abs(x) - a + r;
  const qy = Math.abs(y) - b + r;
  const qz = Math.abs(z) - c + r;
  const outside = Math.hypot(Math.max(qx, 0), Math.max(qy, 0), Math.max(qz, 0));
  return outside + Math.min(Math.max(qx, qy, qz), 0) - r;
}

/** Distance to a ring around the y axis: an ellipse with half axes `a` (x) and `c` (z), a tube of radius `r`. */
export function ring(x: number, y: number, z: number, a: number, c: number, r: number): number {
  const scale = Math.sqrt((x * x) / (a * a) + (z * z) / (c * c));
  const across = (scale - 1) * Math.min(a, c);
  return Math.sqrt(across * across + y * y) - r;
}

/** Union of two solids, blended where they are nearer than `k` to each other. */
export function blend(a: number, b: number, k: number): number {
  const h = k - Math.abs(a - b);
  return h > 0 ? Math.min(a, b) - (h * h) / (4 * k) : Math.min(a, b);
}

/** Intersection of two solids, with the edge rounded over `k`. Subtract by giving `-b`. */
export function carve(a: number, b: number, k: number): number {
  return -blend(-a, -b, k);
}

/** `value`, but not under `low` or over `high`. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** From `a` at 0 to `b` at 1. */
export function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

/** 0 up to `low`, 1 from `high` on, smooth in between. */
export function smoothstep(low: number, high: number, value: number): number {
  const t = clamp((value - low) / (high - low), 0, 1);
  return t * t * (3 - 2 * t);
}
