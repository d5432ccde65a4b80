import type { Canvas, Cover, Drawing } from './cover.ts';
import type { Place } from './frame.ts';
import { capsule, css, mix, n, roundPath, shade, shadow, skinColour } from './svg.ts';

/** A hand: four fingers and a thumb of the face's own skin, mostly, that point somewhere over a place. */
function drawHand({ frame, rng, skin }: Canvas, over: Place, direction: number): Drawing {
  const { unit, from } = frame;
  const colour = rng.chance(0.75) ? shade(skin, rng.between(0.8, 1.12)) : skinColour(rng);
  const dark = shade(colour, rng.between(0.55, 0.75));
  const thick = unit * rng.between(0.15, 0.21);
  const [along, across]: [Place, Place] = [
    [Math.cos(direction), Math.sin(direction)],
    [-Math.sin(direction), Math.cos(direction)],
  ];
  const scale = thick / unit;
  const spread = rng.between(0.86, 1.08);
  const place = (forward: number, side: number): Place =>
    from(over, (along[0] * forward + across[0] * side) * 1, along[1] * forward + across[1] * side);
  const fingers = [-1.5, -0.5, 0.5, 1.5].map((slot) => {
    const side = slot * scale * spread;
    const reach = rng.between(0.18, 0.34) - Math.abs(slot) * 0.03;
    const [root, tip] = [place(-0.5, side), place(reach, side * rng.between(0.9, 1.1))];
    const nail = rng.chance(0.6)
      ? `<circle cx="${n(tip[0])}" cy="${n(tip[1])}" r="${n(thick * 0.27)}" fill="${css(mix(colour, [255, 225, 220], 0.45))}"/>`
      : '';
    return capsule(root, tip, thick * 1.08, css(dark)) + capsule(root, tip, thick * 0.96, css(colour)) + nail;
  });
  const palm = [
    place(-0.35, -2 * scale),
    place(-0.35, 2 * scale),
    place(-0.9, 2.1 * scale),
    place(-1.6, 1.2 * scale),
    place(-1.6, -1.2 * scale),
    place(-0.9, -2.1 * scale),
  ];
  const thumb = capsule(
    place(-0.8, 1.6 * scale),
    place(-0.3, (2.2 + rng.next()) * scale),
    thick * 1.1,
    css(shade(colour, 0.93)),
  );
  return {
    defines: shadow('drop', rng, unit),
    shapes: `<g filter="url(#drop)"><path d="${roundPath(palm)}" fill="${css(shade(colour, 0.92))}"/>${thumb}${fingers.join('')}</g>`,
    takesTexture: false,
    covers: true,
  };
}

function hand(kind: string, family: Cover['family'], where: (canvas: Canvas) => [Place, number]): Cover {
  return { kind, family, draw: (canvas) => drawHand(canvas, ...where(canvas)) };
}

/** A direction in radians: 0 points to the picture's right, a quarter turn down. */
function sideways({ rng }: Canvas): number {
  return (rng.chance(0.5) ? 0 : Math.PI) + rng.between(-0.6, 0.6);
}

function upwards({ rng }: Canvas): number {
  return -Math.PI / 2 + rng.between(-0.7, 0.7);
}

const twoHands: Cover = {
  kind: 'two hands over the mouth',
  family: 'hand',
  draw(canvas) {
    const { frame, rng } = canvas;
    const down = rng.between(-0.2, 0.05);
    const right = drawHand(
      canvas,
      frame.from(frame.mouth, -0.05, down),
      -Math.PI / 2 + rng.between(0.3, 0.9),
    );
    const left = drawHand(canvas, frame.from(frame.mouth, 0.05, down), -Math.PI / 2 - rng.between(0.3, 0.9));
    return { ...right, shapes: right.shapes + left.shapes };
  },
};

const handsOverEyes: Cover = {
  kind: 'hands over the eyes',
  family: 'hand',
  draw(canvas) {
    const { frame, rng } = canvas;
    const right = drawHand(canvas, frame.from(frame.rightEye, 0, 0), rng.between(-0.5, 0.3));
    const left = drawHand(canvas, frame.from(frame.leftEye, 0, 0), Math.PI + rng.between(-0.3, 0.5));
    return { ...right, shapes: right.shapes + left.shapes };
  },
};

/** Hands that cover something. */
export const HANDS: readonly Cover[] = [
  hand('hand over the mouth', 'hand', (c) => [
    c.frame.from(c.frame.mouth, c.rng.between(-0.1, 0.1), c.rng.between(-0.1, 0.06)),
    c.rng.chance(0.7) ? sideways(c) : upwards(c),
  ]),
  hand('hand over nose and mouth', 'hand', (c) => [
    c.frame.from(c.frame.noseTip, c.rng.between(-0.1, 0.1), c.rng.between(0, 0.2)),
    c.rng.chance(0.5) ? sideways(c) : upwards(c),
  ]),
  hand('hand over an eye', 'hand', (c) => [
    c.frame.from(c.rng.chance(0.5) ? c.frame.rightEye : c.frame.leftEye, c.rng.between(-0.05, 0.05), 0),
    c.rng.chance(0.5) ? sideways(c) : upwards(c),
  ]),
  twoHands,
  handsOverEyes,
];

/** Hands that are near a face and cover nothing that matters. */
export const HARMLESS_HANDS: readonly Cover[] = [
  hand('hand at the chin', 'harmless', (c) => [
    c.frame.from(c.frame.chin, c.rng.between(-0.3, 0.3), c.rng.between(0.22, 0.4)),
    upwards(c),
  ]),
  hand('hand at the cheek', 'harmless', (c) => {
    const right = c.rng.chance(0.5);
    const cheek = c.frame.point(right ? 234 : 454);
    return [
      c.frame.from(cheek, (right ? -1 : 1) * c.rng.between(0.05, 0.3), c.rng.between(-0.2, 0.4)),
      upwards(c),
    ];
  }),
];
