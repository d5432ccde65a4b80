import type { Canvas, Cover, Drawing } from './cover.ts';
import type { FaceFrame, Place } from './frame.ts';
import { anyColour, type Colour, capsule, css, gradient, n, roundPath, shade, shadow } from './svg.ts';

/** The outline of the face on the mesh, clockwise from the top of the forehead. */
const OVAL = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149,
  150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];

function folds({ frame, rng }: Canvas, colour: Colour, from: Place): string {
  return Array.from({ length: 3 + rng.below(6) }, () => {
    const start = frame.from(from, rng.between(-0.9, 0.9), rng.between(0, 0.5));
    const end = frame.from(start, rng.between(-0.6, 0.6), rng.between(0.1, 0.7));
    return capsule(
      start,
      end,
      frame.unit * rng.between(0.01, 0.05),
      css(shade(colour, rng.between(0.6, 1.2)), 0.6),
    );
  }).join('');
}

function fabric(canvas: Canvas, path: string, from: Place, rule = ''): Drawing {
  const { rng, frame } = canvas;
  const colour = anyColour(rng);
  const fill = gradient('cloth', rng, shade(colour, 1.15), shade(colour, 0.7));
  return {
    defines: `${fill.define}${shadow('drop', rng, frame.unit)}<clipPath id="clip"><path d="${path}" ${rule.replace('fill', 'clip')}/></clipPath>`,
    shapes: `<g filter="url(#drop)"><path d="${path}" fill="${fill.paint}" ${rule}/></g><g clip-path="url(#clip)">${folds(canvas, colour, from)}</g>`,
    takesTexture: rng.chance(0.5),
    covers: true,
  };
}

/** A band of cloth from an edge across the face down past the chin. */
function band(kind: string, family: Cover['family'], top: (canvas: Canvas) => Place): Cover {
  return {
    kind,
    family,
    draw(canvas) {
      const { frame, rng } = canvas;
      const edge = top(canvas);
      const droop = rng.between(-0.15, 0.2);
      const outline: Place[] = [
        frame.from(edge, -1, droop),
        frame.from(edge, -0.5, droop / 3),
        frame.from(edge, 0, 0),
        frame.from(edge, 0.5, droop / 3),
        frame.from(edge, 1, droop),
        frame.from(edge, 1.3, 1.6),
        frame.from(edge, 0, 1.9),
        frame.from(edge, -1.3, 1.6),
      ];
      return fabric(canvas, roundPath(outline), edge);
    },
  };
}

/** A cloth around the head that leaves the face open: only its outline is touched. */
function around(kind: string, open: number): Cover {
  return {
    kind,
    family: 'harmless',
    draw(canvas) {
      const { frame, rng } = canvas;
      const grow = rng.between(0, 0.08);
      const hole = OVAL.map((index): Place => pushOut(frame, index, grow));
      const outer = OVAL.map((index, i): Place => {
        const below = i > 10 && i < 26;
        return pushOut(frame, index, below ? open : rng.between(0.25, 0.4));
      });
      return fabric(canvas, `${roundPath(outer)}${roundPath(hole)}`, frame.forehead, 'fill-rule="evenodd"');
    },
  };
}

function pushOut(frame: FaceFrame, index: number, share: number): Place {
  const [x, y] = frame.point(index);
  const [cx, cy] = frame.from(frame.noseTip, 0, -0.15);
  return [x + (x - cx) * share, y + (y - cy) * share];
}

/** A hat, cap, turban or helmet: everything above a line across the forehead. */
function above(kind: string, rise: number, brim: number): Cover {
  return {
    kind,
    family: 'harmless',
    draw(canvas) {
      const { frame, rng } = canvas;
      const middle: Place = frame.point(rng.pick([10, 151, 9]));
      const line = frame.from(middle, 0, rng.between(-0.15, 0));
      const wide = rng.between(0.75, 0.95);
      const outline: Place[] = [
        frame.from(line, -wide - brim, 0.1),
        frame.from(line, 0, rng.between(-0.06, 0.03)),
        frame.from(line, wide + brim, 0.1),
        frame.from(line, wide, -0.5),
        frame.from(line, wide * 0.7, -rise),
        frame.from(line, -wide * 0.7, -rise),
        frame.from(line, -wide, -0.5),
      ];
      return fabric(canvas, roundPath(outline), frame.from(line, 0, -0.6));
    },
  };
}

/** Cloth over nose or mouth. */
export const CLOTHS: readonly Cover[] = [
  band('scarf over nose and mouth', 'cloth', ({ frame, rng }) => frame.point(rng.pick([6, 197, 195, 5, 4]))),
  band('scarf over the mouth', 'cloth', ({ frame, rng }) =>
    frame.from(frame.point(0), 0, rng.between(-0.1, -0.01)),
  ),
];

/** Head coverings, and a scarf that stays below the mouth. */
export const HARMLESS_CLOTHS: readonly Cover[] = [
  around('hijab', 0.9),
  around('hood', 0.25),
  above('hat', 0.9, 0.35),
  above('turban', 1.1, 0),
  above('helmet', 0.8, 0.05),
  band('scarf below the chin', 'harmless', ({ frame, rng }) =>
    frame.from(frame.chin, 0, rng.between(-0.02, 0.15)),
  ),
];

/** A band, a bar or a headset over both eyes. */
export const BLINDFOLD: Cover = {
  kind: 'blindfold',
  family: 'bar',
  draw(canvas) {
    const { frame, rng } = canvas;
    const middle = frame.from(frame.point(168), 0, rng.between(-0.02, 0.08));
    const half = rng.between(0.16, 0.34);
    const outline: Place[] = [
      frame.from(middle, -0.85, -half),
      frame.from(middle, 0.85, -half),
      frame.from(middle, 0.85, half),
      frame.from(middle, 0, half * rng.between(0.8, 1.2)),
      frame.from(middle, -0.85, half),
    ];
    const path = rng.chance(0.5)
      ? roundPath(outline, 0.5)
      : `M${outline.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}Z`;
    return fabric(canvas, path, frame.from(middle, 0, -half));
  },
};
