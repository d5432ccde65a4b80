import type { Cover } from './cover.ts';
import type { Place } from './frame.ts';
import { anyColour, capsule, css, hairColour, n, roundPath, shade } from './svg.ts';

/** The lower face from ear to ear, the way a full beard grows, with the lips as a hole. */
const BEARD = [93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323];
const LIPS = [61, 40, 37, 0, 267, 270, 291, 321, 314, 17, 84, 91];

/** A beard: hairs of one colour over the lower face, dense or thin; it covers nothing. */
export const BEARD_DRAWN: Cover = {
  kind: 'beard',
  family: 'harmless',
  draw({ frame, rng }) {
    const colour = hairColour(rng);
    const ring = (indices: readonly number[]) => roundPath(indices.map((index) => frame.point(index)));
    const longer = BEARD.map((index): Place => frame.from(frame.point(index), 0, rng.between(0, 0.25)));
    const full = rng.chance(0.6);
    const area = full
      ? `${roundPath([...longer, ...(rng.chance(0.8) ? [425, 426, 164, 206, 205] : [426, 18, 206]).map((i) => frame.point(i))])}${ring(LIPS)}`
      : `${roundPath([206, 149, 152, 378, 426, 164].map((i) => frame.point(i)))}${ring(LIPS)}`;
    const hairs = Array.from({ length: 220 }, () => {
      const start = frame.from(frame.mouth, rng.normal() * 0.35, rng.between(-0.2, 0.7));
      const end = frame.from(start, rng.between(-0.06, 0.06), rng.between(0.03, 0.12));
      return capsule(start, end, frame.unit * 0.012, css(shade(colour, rng.between(0.5, 1.6)), 0.8));
    });
    const density = rng.between(0.3, 0.95);
    const clip = `<clipPath id="beard"><path d="${area}" clip-rule="evenodd"/></clipPath>`;
    const soft = `<filter id="soft"><feGaussianBlur stdDeviation="${n(frame.unit * rng.between(0.01, 0.025))}"/></filter>`;
    return {
      defines: clip + soft,
      shapes: `<path d="${area}" fill-rule="evenodd" fill="${css(colour, density)}" filter="url(#soft)"/><g clip-path="url(#beard)">${hairs.join('')}</g>`,
      takesTexture: false,
      covers: false,
    };
  },
};

/** A moustache. */
export const MOUSTACHE_DRAWN: Cover = {
  kind: 'moustache',
  family: 'harmless',
  draw({ frame, rng }) {
    const colour = hairColour(rng);
    const hairs = Array.from({ length: 90 }, () => {
      const start = frame.from(frame.point(164), rng.normal() * 0.13, rng.between(-0.05, 0.05));
      const side = start[0] < frame.point(164)[0] ? -1 : 1;
      const end = frame.from(start, side * rng.between(0.02, 0.12), rng.between(0.01, 0.09));
      return capsule(start, end, frame.unit * 0.018, css(shade(colour, rng.between(0.6, 1.4)), 0.85));
    });
    return { defines: '', shapes: hairs.join(''), takesTexture: false, covers: false };
  },
};

/** A hard shadow or a bright patch of light over part of the face. */
export const LIGHT_DRAWN: Cover = {
  kind: 'light and shadow',
  family: 'harmless',
  draw({ frame, rng }) {
    const edge = frame.from(frame.noseTip, rng.between(-0.5, 0.5), rng.between(-0.5, 0.5));
    const angle = rng.between(0, 2 * Math.PI);
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const corners = [
      [0, -3],
      [3, -3],
      [3, 3],
      [0, 3],
    ].map(([u, v]) => frame.from(edge, u * c - v * s, u * s + v * c));
    const bright = rng.chance(0.3);
    const paint = bright
      ? `rgba(255,250,230,${rng.between(0.1, 0.4).toFixed(2)})`
      : `rgba(0,0,10,${rng.between(0.2, 0.65).toFixed(2)})`;
    const blur = n(frame.unit * rng.between(0.01, 0.2));
    return {
      defines: `<filter id="soft" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="${blur}"/></filter>`,
      shapes: `<polygon points="${corners.map(([x, y]) => `${n(x)},${n(y)}`).join(' ')}" fill="${paint}" filter="url(#soft)"/>`,
      takesTexture: false,
      covers: false,
    };
  },
};

/** Lips, lids and cheeks in colour. */
export const MAKE_UP: Cover = {
  kind: 'make-up',
  family: 'harmless',
  draw({ frame, rng }) {
    const lips = `<path d="${roundPath(LIPS.map((index) => frame.point(index)))}" fill="${css(anyColour(rng), rng.between(0.2, 0.7))}"/>`;
    const lids = [frame.rightEye, frame.leftEye].map((eye) => {
      const [x, y] = frame.from(eye, 0, -0.08);
      return `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(frame.unit * 0.17)}" ry="${n(frame.unit * 0.07)}" fill="${css(anyColour(rng), rng.between(0.1, 0.5))}"/>`;
    });
    const cheeks = [205, 425].map((index) => {
      const [x, y] = frame.point(index);
      return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(frame.unit * 0.16)}" fill="rgba(220,80,90,${rng.between(0, 0.3).toFixed(2)})"/>`;
    });
    return {
      defines: '',
      shapes: lips + lids.join('') + cheeks.join(''),
      takesTexture: false,
      covers: false,
    };
  },
};
