import type { Canvas, Cover, Drawing } from './cover.ts';
import type { Place } from './frame.ts';
import { anyColour, type Colour, capsule, css, hairColour, n, roundPath, shade, shadow } from './svg.ts';

type LensForm = 'round' | 'square' | 'wide' | 'drop';

function lens(
  { frame }: Canvas,
  centre: Place,
  form: LensForm,
  width: number,
  height: number,
  paint: string,
): string {
  const [rx, ry] = [frame.unit * width, frame.unit * height];
  const [x, y] = centre;
  const turned = `transform="rotate(${n(frame.tilt)} ${n(x)} ${n(y)})"`;
  if (form === 'round')
    return `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" ${turned} ${paint}/>`;
  if (form === 'drop')
    return `<path d="M${n(x - rx)} ${n(y - ry * 0.7)}Q${n(x)} ${n(y - ry * 1.2)} ${n(x + rx)} ${n(y - ry * 0.7)}Q${n(x + rx)} ${n(y + ry * 1.4)} ${n(x)} ${n(y + ry * 1.3)}Q${n(x - rx)} ${n(y + ry * 1.4)} ${n(x - rx)} ${n(y - ry * 0.7)}Z" ${turned} ${paint}/>`;
  const corner = form === 'square' ? rx * 0.3 : rx * 0.6;
  return `<rect x="${n(x - rx)}" y="${n(y - ry)}" width="${n(2 * rx)}" height="${n(2 * ry)}" rx="${n(corner)}" ${turned} ${paint}/>`;
}

function glasses(canvas: Canvas, tint: Colour, opacity: number, covers: boolean): Drawing {
  const { frame, rng } = canvas;
  const { unit, from, rightEye, leftEye, point } = frame;
  const form = rng.pick<LensForm>(['round', 'square', 'wide', 'drop']);
  const [width, height] = [rng.between(0.21, 0.33), rng.between(0.15, 0.27)];
  const down = rng.between(0, 0.08);
  const outward = Math.max(0, width - 0.25);
  const [right, left] = [from(rightEye, -outward, down), from(leftEye, outward, down)];
  const rim = hairColour(rng);
  const line = rng.between(0.008, 0.05) * unit;
  const paint = `fill="url(#tint)" stroke="${css(rim)}" stroke-width="${n(line)}"`;
  const bridge = capsule(
    from(right, width * 0.9, -0.05),
    from(left, -width * 0.9, -0.05),
    line * 1.2,
    css(rim),
  );
  const arms =
    capsule(from(right, -width * 0.95, -0.06), point(127), line, css(rim)) +
    capsule(from(left, width * 0.95, -0.06), point(356), line, css(rim));
  const glare = [right, left].map((eye) =>
    capsule(
      from(eye, rng.between(-0.15, 0), rng.between(-0.1, 0)),
      from(eye, rng.between(0, 0.12), rng.between(-0.12, 0.05)),
      unit * rng.between(0.01, 0.05),
      `rgba(255,255,255,${rng.between(0, 0.3).toFixed(2)})`,
    ),
  );
  // Many lenses are lighter below.
  const lower = Math.max(0, opacity - (rng.chance(0.4) ? rng.between(0, 0.25) : 0));
  return {
    defines: `<linearGradient id="tint" x2="0" y2="1"><stop offset="0" stop-color="${css(tint, opacity)}"/><stop offset="1" stop-color="${css(tint, lower)}"/></linearGradient>`,
    shapes: `${arms}${lens(canvas, right, form, width, height, paint)}${lens(canvas, left, form, width, height, paint)}${bridge}${glare.join('')}`,
    takesTexture: false,
    covers,
  };
}

/** Glasses that hide the eyes. */
export const DARK_GLASSES: Cover = {
  kind: 'dark glasses',
  family: 'glasses',
  draw(canvas) {
    const { rng } = canvas;
    const tint = rng.chance(0.75) ? shade([40, 36, 36], rng.between(0.1, 1.2)) : shade(anyColour(rng), 0.5);
    return glasses(canvas, tint, rng.between(0.86, 1), true);
  },
};

/** Glasses that one can see through. */
export const CLEAR_GLASSES: Cover = {
  kind: 'clear glasses',
  family: 'harmless',
  draw: (canvas) => glasses(canvas, anyColour(canvas.rng), canvas.rng.between(0, 0.2), false),
};

/** Strands that fall from the forehead over a place, as many as asked for. */
function strands({ frame, rng }: Canvas, over: readonly Place[], count: number, thick: number): string {
  const { from, unit } = frame;
  const colour = hairColour(rng);
  const side = rng.between(-0.35, 0.35);
  return Array.from({ length: count }, () => {
    const [x, y] = rng.pick(over);
    const through = from([x, y], rng.normal() * 0.13, 0);
    const start = from(through, side + rng.between(-0.1, 0.1), -rng.between(0.6, 0.9));
    const end = from(through, -side * 0.6 + rng.between(-0.1, 0.1), rng.between(0.15, 0.6));
    const paint = css(shade(colour, rng.between(0.6, 1.4)));
    return `<path d="M${n(start[0])} ${n(start[1])}Q${n(through[0])} ${n(through[1])} ${n(end[0])} ${n(end[1])}" fill="none" stroke="${paint}" stroke-width="${n(unit * thick * rng.between(0.6, 1.4))}" stroke-linecap="round"/>`;
  }).join('');
}

function hair(kind: string, family: Cover['family'], eyes: 1 | 2, count: number, thick: number): Cover {
  return {
    kind,
    family,
    draw(canvas) {
      const { frame, rng } = canvas;
      const both = [frame.rightEye, frame.leftEye];
      const over = eyes === 2 ? both : [rng.pick(both)];
      const shapes = strands(canvas, over, count * eyes, thick);
      return {
        defines: shadow('drop', rng, frame.unit),
        shapes: `<g filter="url(#drop)">${shapes}</g>`,
        takesTexture: false,
        covers: true,
      };
    },
  };
}

/** Hair over one eye or both. */
export const HAIR: readonly Cover[] = [
  hair('hair over both eyes', 'hair', 2, 70, 0.035),
  hair('hair over one eye', 'hair', 1, 70, 0.035),
];

/** A few strands, which cover nothing. */
export const STRANDS: Cover = {
  ...hair('strands of hair', 'harmless', 2, 5, 0.012),
  draw(canvas) {
    const over = [canvas.frame.rightEye, canvas.frame.leftEye, canvas.frame.noseTip, canvas.frame.forehead];
    return {
      defines: '',
      shapes: strands(canvas, over, 4 + canvas.rng.below(14), 0.012),
      takesTexture: false,
      covers: false,
    };
  },
};

/** A patch over one eye, which by itself does not spoil a portrait. */
export const EYE_PATCH: Cover = {
  kind: 'eye patch',
  family: 'bar',
  draw(canvas) {
    const { frame, rng } = canvas;
    const eye = rng.chance(0.5) ? frame.rightEye : frame.leftEye;
    const colour = rng.chance(0.6) ? shade([30, 28, 28], rng.between(0.3, 1.3)) : anyColour(rng);
    const size = rng.between(0.2, 0.32);
    const outline = [0, 1, 2, 3, 4, 5].map((i) => {
      const angle = (i * Math.PI) / 3;
      return frame.from(eye, Math.cos(angle) * size, Math.sin(angle) * size * rng.between(0.7, 1.1));
    });
    const band = capsule(
      frame.point(127),
      frame.point(rng.pick([284, 251, 356])),
      frame.unit * 0.03,
      css(colour),
    );
    return {
      defines: shadow('drop', rng, frame.unit),
      shapes: `<g filter="url(#drop)">${rng.chance(0.5) ? band : ''}<path d="${roundPath(outline)}" fill="${css(colour)}"/></g>`,
      takesTexture: rng.chance(0.2),
      covers: true,
    };
  },
};
