import type { Cover } from './cover.ts';
import type { Place } from './frame.ts';
import { anyColour, type Colour, capsule, css, gradient, mix, n, roundPath, shade, shadow } from './svg.ts';

/** Points of the mesh down the face's middle, from the bridge of the nose to its tip: where a mask can begin. */
const TOPS = [168, 6, 197, 195, 5];

/** Colours that masks are made in. */
const MASK_COLOURS: readonly Colour[] = [
  [235, 240, 242],
  [170, 205, 225],
  [120, 175, 205],
  [20, 20, 24],
  [60, 62, 70],
  [150, 200, 170],
  [240, 200, 210],
];

/** A medical or cloth mask from the nose, or only from the mouth, to under the chin, with straps and pleats. */
function mask(kind: string, fromNose: boolean): Cover {
  return {
    kind,
    family: 'mask',
    draw({ frame, rng }) {
      const { unit, from, point, chin } = frame;
      const top = fromNose ? point(rng.pick(TOPS)) : from(point(0), 0, -rng.between(0, 0.06));
      const drop = fromNose ? rng.between(0.05, 0.3) : rng.between(0, 0.1);
      const bulge = rng.between(0, 0.12);
      const [right, left] = [point(rng.pick([234, 93, 132])), point(rng.pick([454, 323, 361]))];
      const inward = rng.between(0, 0.12);
      const under = rng.between(-0.02, 0.14);
      const outline: Place[] = [
        top,
        from(point(fromNose ? 350 : 426), 0.06, drop * 0.6),
        from(left, -inward, drop * 0.3),
        from(point(397), bulge / 2, bulge / 2),
        from(point(378), 0, under),
        from(chin, 0, under + bulge / 3),
        from(point(149), 0, under),
        from(point(172), -bulge / 2, bulge / 2),
        from(right, inward, drop * 0.3),
        from(point(fromNose ? 121 : 206), -0.06, drop * 0.6),
      ];
      const base = rng.chance(0.6) ? rng.pick(MASK_COLOURS) : anyColour(rng);
      const fill = gradient(
        'mask',
        rng,
        shade(base, rng.between(0.9, 1.1)),
        shade(base, rng.between(0.6, 0.9)),
      );
      const pleats = Array.from({ length: rng.below(5) }, (_, i) => {
        const t = (i + 1) / 5;
        const [a, b] = [mixPlace(outline[2], outline[4], t), mixPlace(outline[8], outline[6], t)];
        return capsule(a, b, unit * 0.012, css(shade(base, rng.chance(0.5) ? 0.75 : 1.15), 0.8));
      });
      const strap = css(mix(base, [255, 255, 255], 0.3));
      const straps = rng.chance(0.7)
        ? [
            capsule(outline[2], from(left, 0.15, -rng.between(0, 0.3)), unit * 0.03, strap),
            capsule(outline[8], from(right, -0.15, -rng.between(0, 0.3)), unit * 0.03, strap),
          ]
        : [];
      return {
        defines: fill.define + shadow('drop', rng, unit),
        shapes: `<g filter="url(#drop)">${straps.join('')}<path d="${roundPath(outline)}" fill="${fill.paint}"/>${pleats.join('')}</g>`,
        takesTexture: rng.chance(0.25),
        covers: true,
      };
    },
  };
}

/** A cup-shaped respirator: round, with a valve now and then. */
const respirator: Cover = {
  kind: 'respirator',
  family: 'mask',
  draw({ frame, rng }) {
    const { unit, tilt, noseTip, chin, from, mouth } = frame;
    const height = Math.hypot(chin[0] - noseTip[0], chin[1] - noseTip[1]) / unit;
    const centre = from(mouth, rng.between(-0.05, 0.05), rng.between(-0.12, 0));
    const [rx, ry] = [unit * rng.between(0.42, 0.62), unit * (height * 0.5 + rng.between(0.22, 0.36))];
    const base = rng.pick([...MASK_COLOURS, anyColour(rng)]);
    const valve = rng.chance(0.4)
      ? `<circle cx="${n(centre[0] + rx * 0.35)}" cy="${n(centre[1])}" r="${n(unit * 0.13)}" fill="${css(shade(base, 0.8))}" stroke="${css(shade(base, 0.5))}"/>`
      : '';
    const [cx, cy] = [n(centre[0]), n(centre[1])];
    return {
      defines: `<radialGradient id="cup"><stop offset="0" stop-color="${css(shade(base, 1.1))}"/><stop offset="1" stop-color="${css(shade(base, 0.65))}"/></radialGradient>${shadow('drop', rng, unit)}`,
      shapes: `<g filter="url(#drop)" transform="rotate(${n(tilt)} ${cx} ${cy})"><ellipse cx="${cx}" cy="${cy}" rx="${n(rx)}" ry="${n(ry)}" fill="url(#cup)"/><path d="M${n(centre[0] - rx)} ${cy}h${n(2 * rx)}" stroke="${css(shade(base, 0.7), 0.6)}"/>${valve}</g>`,
      takesTexture: false,
      covers: true,
    };
  },
};

/** Masks over nose and mouth, and over the mouth only. */
export const MASKS: readonly Cover[] = [mask('mask', true), mask('mask below the nose', false), respirator];

function mixPlace(a: Place, b: Place, share: number): Place {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}
