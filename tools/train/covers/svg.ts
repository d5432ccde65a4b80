import type { Rng } from '../rng.ts';
import type { Place } from './frame.ts';

/** A colour as red, green and blue from 0 to 255. */
export type Colour = readonly [number, number, number];

/** Skin from the lightest to the darkest. */
const SKIN: readonly Colour[] = [
  [255, 224, 196],
  [241, 194, 160],
  [224, 172, 130],
  [198, 134, 92],
  [160, 102, 68],
  [122, 76, 50],
  [88, 54, 38],
  [58, 36, 28],
];

/** Any colour; plain, dark and light ones are as frequent in things as coloured ones. */
export function anyColour(rng: Rng): Colour {
  const level = rng.between(0, 255);
  const strength = rng.chance(0.4) ? rng.between(0, 20) : rng.between(20, 130);
  const clip = (value: number) => Math.max(0, Math.min(255, value));
  return [
    clip(level + rng.between(-strength, strength)),
    clip(level + rng.between(-strength, strength)),
    clip(level + rng.between(-strength, strength)),
  ];
}

/** A colour of skin between two neighbouring ones. */
export function skinColour(rng: Rng): Colour {
  const at = rng.below(SKIN.length - 1);
  return mix(SKIN[at], SKIN[at + 1], rng.next());
}

/** A colour of hair, beard or frames: black, brown, blond, red, grey. */
export function hairColour(rng: Rng): Colour {
  const base = rng.pick<Colour>([
    [18, 14, 12],
    [45, 30, 22],
    [84, 56, 36],
    [150, 112, 66],
    [196, 164, 112],
    [120, 60, 34],
    [130, 126, 122],
    [210, 206, 200],
  ]);
  return mix(base, [0, 0, 0], rng.between(0, 0.3));
}

/** The way from one colour to another. */
export function mix(a: Colour, b: Colour, share: number): Colour {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

/** A colour scaled in brightness. */
export function shade([r, g, b]: Colour, factor: number): Colour {
  return [Math.min(255, r * factor), Math.min(255, g * factor), Math.min(255, b * factor)];
}

/** A colour as SVG writes it. */
export function css([r, g, b]: Colour, opacity = 1): string {
  return `rgba(${Math.round(r)},${Math.round(g)},${Math.round(b)},${opacity.toFixed(3)})`;
}

/** A number as SVG writes it: short, and the same everywhere. */
export function n(value: number): string {
  return value.toFixed(1);
}

/** A closed curve through places, round at each (Catmull-Rom as cubic Béziers). */
export function roundPath(places: readonly Place[], tension = 1): string {
  const count = places.length;
  const at = (i: number) => places[(i + count) % count];
  const parts = [`M${n(at(0)[0])} ${n(at(0)[1])}`];
  for (let i = 0; i < count; i++) {
    const [before, from, to, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const control = (p: Place, q: Place, base: Place, sign: number): string =>
      `${n(base[0] + (sign * tension * (q[0] - p[0])) / 6)} ${n(base[1] + (sign * tension * (q[1] - p[1])) / 6)}`;
    parts.push(`C${control(before, to, from, 1)} ${control(from, after, to, -1)} ${n(to[0])} ${n(to[1])}`);
  }
  return `${parts.join('')}Z`;
}

/** A thick line with round ends. */
export function capsule(from: Place, to: Place, width: number, paint: string): string {
  return `<line x1="${n(from[0])}" y1="${n(from[1])}" x2="${n(to[0])}" y2="${n(to[1])}" stroke="${paint}" stroke-width="${n(width)}" stroke-linecap="round"/>`;
}

/** A linear gradient across the shape it fills, and the paint that names it. */
export function gradient(id: string, rng: Rng, from: Colour, to: Colour): { define: string; paint: string } {
  const angle = Math.floor(rng.between(0, 360));
  return {
    define: `<linearGradient id="${id}" gradientTransform="rotate(${angle} .5 .5)"><stop offset="0" stop-color="${css(from)}"/><stop offset="1" stop-color="${css(to)}"/></linearGradient>`,
    paint: `url(#${id})`,
  };
}

/** A filter that throws a soft shadow. */
export function shadow(id: string, rng: Rng, unit: number): string {
  const blur = n(unit * rng.between(0.01, 0.06));
  const [dx, dy] = [n(unit * rng.between(-0.05, 0.05)), n(unit * rng.between(0, 0.07))];
  return `<filter id="${id}" x="-30%" y="-30%" width="160%" height="160%"><feDropShadow dx="${dx}" dy="${dy}" stdDeviation="${blur}" flood-opacity="${rng.between(0.1, 0.45).toFixed(2)}"/></filter>`;
}
