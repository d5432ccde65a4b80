import type { Canvas, Cover, Drawing } from './cover.ts';
import type { Place } from './frame.ts';
import { anyColour, type Colour, capsule, css, gradient, n, roundPath, shade, shadow } from './svg.ts';

/** A place that matters on the face, or one a little beside it. */
function target({ frame, rng }: Canvas): Place {
  const { from, mouth, noseTip, rightEye, leftEye, chin } = frame;
  const place = rng.pick([mouth, mouth, mouth, noseTip, noseTip, rightEye, leftEye, chin]);
  return from(place, rng.between(-0.15, 0.15), rng.between(-0.15, 0.15));
}

function dark(canvas: Canvas): Colour {
  const { rng } = canvas;
  return rng.chance(0.6) ? shade([60, 60, 66], rng.between(0.2, 1.2)) : anyColour(rng);
}

function solid(canvas: Canvas, shapes: string, defines = '', takesTexture = false): Drawing {
  return {
    defines: defines + shadow('drop', canvas.rng, canvas.frame.unit),
    shapes: `<g filter="url(#drop)">${shapes}</g>`,
    takesTexture,
    covers: true,
  };
}

const phone: Cover = {
  kind: 'phone',
  family: 'object',
  draw(canvas) {
    const { frame, rng } = canvas;
    const [x, y] = target(canvas);
    const width = frame.unit * rng.between(0.5, 0.85);
    const height = width * rng.between(1.7, 2.1);
    const colour = dark(canvas);
    const lens = Array.from({ length: rng.below(4) }, (_, i) => {
      const [lx, ly] = [x - width * 0.3, y - height * 0.4 + i * width * 0.2];
      return `<circle cx="${n(lx)}" cy="${n(ly)}" r="${n(width * 0.08)}" fill="#0a0a0c" stroke="#888"/>`;
    });
    const body = gradient('body', rng, shade(colour, 1.25), shade(colour, 0.8));
    const turn = frame.tilt + rng.between(-50, 50) + (rng.chance(0.25) ? 90 : 0);
    const shapes = `<g transform="rotate(${n(turn)} ${n(x)} ${n(y)})"><rect x="${n(x - width / 2)}" y="${n(y - height / 2)}" width="${n(width)}" height="${n(height)}" rx="${n(width * 0.12)}" fill="${body.paint}" stroke="${css(shade(colour, 0.5))}"/>${lens.join('')}</g>`;
    return solid(canvas, shapes, body.define);
  },
};

/** A microphone before the mouth. */
export const MICROPHONE: Cover = {
  kind: 'microphone',
  family: 'object',
  draw(canvas) {
    const { frame, rng } = canvas;
    const head = frame.from(frame.mouth, rng.between(-0.12, 0.12), rng.between(-0.05, 0.12));
    const radius = frame.unit * rng.between(0.2, 0.36);
    const colour = dark(canvas);
    const end = frame.from(head, rng.between(-0.8, 0.8), rng.between(1.2, 2));
    const mesh = `<pattern id="mesh" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="4" height="4" fill="${css(shade(colour, 1.3))}"/><path d="M0 0h4M0 0v4" stroke="${css(shade(colour, 0.6))}"/></pattern>`;
    const ball = rng.chance(0.5) ? 'url(#mesh)' : css(colour);
    const shapes = `${capsule(head, end, radius * rng.between(0.7, 1.1), css(shade(colour, 0.7)))}<ellipse cx="${n(head[0])}" cy="${n(head[1])}" rx="${n(radius)}" ry="${n(radius * rng.between(0.95, 1.4))}" fill="${ball}"/><ellipse cx="${n(head[0] - radius * 0.3)}" cy="${n(head[1] - radius * 0.4)}" rx="${n(radius * 0.4)}" ry="${n(radius * 0.3)}" fill="rgba(255,255,255,.2)"/>`;
    return solid(canvas, shapes, mesh);
  },
};

const cup: Cover = {
  kind: 'cup',
  family: 'object',
  draw(canvas) {
    const { frame, rng } = canvas;
    const rim = frame.from(frame.mouth, rng.between(-0.1, 0.1), rng.between(-0.35, -0.02));
    const [top, bottom, height] = [rng.between(0.28, 0.5), rng.between(0.22, 0.36), rng.between(0.7, 1.2)];
    const colour = rng.chance(0.5) ? shade([240, 238, 232], rng.between(0.8, 1)) : anyColour(rng);
    const outline: Place[] = [
      frame.from(rim, -top, 0),
      frame.from(rim, top, 0),
      frame.from(rim, bottom, height),
      frame.from(rim, -bottom, height),
    ];
    const body = gradient('cup', rng, shade(colour, 1.05), shade(colour, 0.7));
    const points = outline.map(([x, y]) => `${n(x)},${n(y)}`).join(' ');
    const edge = `<ellipse cx="${n(rim[0])}" cy="${n(rim[1])}" rx="${n(frame.unit * top)}" ry="${n(frame.unit * rng.between(0.05, 0.12))}" transform="rotate(${n(frame.tilt)} ${n(rim[0])} ${n(rim[1])})" fill="${css(shade(colour, 0.85))}" stroke="${css(shade(colour, 1.1))}"/>`;
    return solid(
      canvas,
      `<polygon points="${points}" fill="${body.paint}"/>${edge}`,
      body.define,
      rng.chance(0.3),
    );
  },
};

/** A thing of no particular form, in any colour or texture: food, a leaf, a ball, a book. */
export const THING: Cover = {
  kind: 'thing',
  family: 'object',
  draw(canvas) {
    const { frame, rng } = canvas;
    const centre = target(canvas);
    const [rx, ry] = [rng.between(0.22, 0.6), rng.between(0.18, 0.5)];
    const corners = 5 + rng.below(5);
    const turn = rng.between(0, Math.PI);
    const outline = Array.from({ length: corners }, (_, i) => {
      const angle = (2 * Math.PI * i) / corners;
      const reach = rng.between(0.8, 1.2);
      const [u, v] = [Math.cos(angle) * rx * reach, Math.sin(angle) * ry * reach];
      return frame.from(
        centre,
        u * Math.cos(turn) - v * Math.sin(turn),
        u * Math.sin(turn) + v * Math.cos(turn),
      );
    });
    const colour = anyColour(rng);
    const body = gradient('body', rng, shade(colour, 1.2), shade(colour, 0.7));
    const path = rng.chance(0.6)
      ? roundPath(outline)
      : `M${outline.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}Z`;
    return solid(canvas, `<path d="${path}" fill="${body.paint}"/>`, body.define, rng.chance(0.6));
  },
};

/** A sheet, a book or a card held before the lower or the upper half of the face. */
const sheet: Cover = {
  kind: 'sheet',
  family: 'object',
  draw(canvas) {
    const { frame, rng } = canvas;
    const low = rng.chance(0.7);
    const edge = frame.from(
      low ? frame.noseTip : frame.rightEye,
      0,
      low ? rng.between(-0.3, 0.25) : rng.between(0.15, 0.3),
    );
    const slope = rng.between(-0.2, 0.2);
    const reach = low ? 1.6 : -0.75;
    const outline: Place[] = [
      frame.from(edge, -1.2, -slope),
      frame.from(edge, 1.4, slope),
      frame.from(edge, 1.4, slope + reach),
      frame.from(edge, -1.2, reach - slope),
    ];
    const colour = anyColour(rng);
    const body = gradient('body', rng, shade(colour, 1.1), shade(colour, 0.85));
    const points = outline.map(([x, y]) => `${n(x)},${n(y)}`).join(' ');
    return solid(canvas, `<polygon points="${points}" fill="${body.paint}"/>`, body.define, rng.chance(0.5));
  },
};

/** Held or lying things. */
export const OBJECTS: readonly Cover[] = [phone, MICROPHONE, cup, THING, sheet];

/** The same things where they cover nothing: below the chin. */
export const HARMLESS_OBJECTS: readonly Cover[] = [
  {
    kind: 'microphone below the chin',
    family: 'harmless',
    draw(canvas) {
      const { frame, rng } = canvas;
      const down = frame.from(frame.chin, rng.between(-0.5, 0.5), rng.between(0.3, 0.5));
      return MICROPHONE.draw({ ...canvas, frame: { ...frame, mouth: down } });
    },
  },
];
