import { fractal } from './noise.ts';
import type { Canvas } from './render.ts';
import { mix, smoothstep } from './sdf.ts';
import { type Colour, colour, toSrgb } from './solid.ts';

/** What is behind the figures. */
export type Background = 'studio' | 'warm' | 'hills';

/** Fills a canvas. */
export function paintBackground(canvas: Canvas, background: Background): void {
  const { data, width, height } = canvas;
  const paint = PAINTERS[background];
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 3) {
      const shown = paint(x / width, y / height);
      for (let c = 0; c < 3; c++) data[to + c] = Math.round(255 * toSrgb(Math.min(1, shown[c])));
    }
  }
}

/** A colour for a place in the picture, as shares of its width and height. */
type Painter = (x: number, y: number) => Colour;

/** A wall with a pool of light on it, a little out of the middle. */
function wall(light: Colour, dark: Colour): Painter {
  return (x, y) => {
    const away = Math.hypot(x - 0.62, (y - 0.38) * 0.9);
    const cloth = 0.94 + 0.12 * fractal(x * 5, y * 5, 0, 4);
    return blend(light, dark, smoothstep(0, 0.85, away), cloth);
  };
}

const SKY_HIGH = colour('#5d8fbf');
const SKY_LOW = colour('#e9dcc3');
const HILLS = [colour('#8aa4a8'), colour('#6d8f76'), colour('#4d7350'), colour('#37562f')] as const;

/** Hills one behind the other, under an evening sky. */
const hills: Painter = (x, y) => {
  let shown = blend(SKY_HIGH, SKY_LOW, smoothstep(-0.1, 0.6, y), 1);
  const cloud = smoothstep(0.52, 0.78, fractal(x * 3, y * 9, 5, 5)) * (1 - smoothstep(0.3, 0.55, y));
  shown = blend(shown, [0.95, 0.9, 0.85], cloud * 0.8, 1);
  HILLS.forEach((hill, i) => {
    const crest = 0.46 + i * 0.1 + 0.16 * (fractal(x * (1.6 + i * 0.5) + i * 9, i, 2, 4) - 0.5);
    const grass = 0.8 + 0.4 * fractal(x * 26, y * 60, i, 3);
    shown = blend(
      shown,
      [hill[0] * grass, hill[1] * grass, hill[2] * grass],
      smoothstep(-0.002, 0.002, y - crest),
      1,
    );
  });
  return shown;
};

function blend(a: Colour, b: Colour, share: number, tone: number): Colour {
  return [mix(a[0], b[0], share) * tone, mix(a[1], b[1], share) * tone, mix(a[2], b[2], share) * tone];
}

const PAINTERS: Readonly<Record<Background, Painter>> = {
  studio: wall(colour('#b9c3c4'), colour('#5c6a70')),
  warm: wall(colour('#d9c3a3'), colour('#7d5f4a')),
  hills,
};
