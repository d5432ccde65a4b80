import type { PictureParams } from './picture.ts';
import { colour } from './solid.ts';

/** A picture of `examples/`. */
export interface Scene extends PictureParams {
  /** Its file's name. */
  readonly file: string;
}

const WOMAN = {
  hair: 'long',
  hairColour: colour('#4a2a18'),
  skin: colour('#e0ab86'),
  iris: colour('#5d7f8c'),
  clothes: colour('#7b3f4a'),
  jaw: 0.92,
  lips: 1.6,
  nose: 0.9,
} as const;
const BEARDED = {
  beard: true,
  hairColour: colour('#2a1a12'),
  skin: colour('#b97d55'),
  iris: colour('#6b4a2c'),
  clothes: colour('#4d5a45'),
  jaw: 1.06,
} as const;
const DARK = {
  hairColour: colour('#15100e'),
  skin: colour('#6e4630'),
  iris: colour('#3d2616'),
  clothes: colour('#c08a3e'),
  lips: 2,
  nose: 1.12,
} as const;

const PORTRAIT = { width: 768, height: 768, background: 'studio', style: 'rendered' } as const;

/** What `npm run draw` draws into `examples/`: some that pass, then one for each reason to fail. */
export const SCENES: readonly Scene[] = [
  {
    ...PORTRAIT,
    file: 'pass.jpg',
    figures: [{ ...WOMAN, yaw: -8, pitch: 6, size: 0.56, y: 0.45 }],
  },
  {
    ...PORTRAIT,
    file: 'group.jpg',
    width: 1024,
    height: 720,
    background: 'warm',
    figures: [
      { ...WOMAN, yaw: -10, pitch: 5, size: 0.46, x: 0.68, y: 0.5 },
      { ...BEARDED, yaw: 8, pitch: 8, size: 0.62, x: 0.34, y: 0.45 },
    ],
  },
  {
    ...PORTRAIT,
    file: 'painting.jpg',
    background: 'warm',
    style: 'painted',
    figures: [{ ...DARK, yaw: 14, pitch: 6, size: 0.6, y: 0.45 }],
  },
  {
    ...PORTRAIT,
    file: 'sculpture.jpg',
    style: 'marble',
    figures: [{ yaw: -14, pitch: 8, size: 0.6, y: 0.45 }],
  },
  {
    ...PORTRAIT,
    file: 'sketch.jpg',
    style: 'sketch',
    figures: [{ ...WOMAN, yaw: -8, pitch: 6, size: 0.56, y: 0.45 }],
  },
  {
    ...PORTRAIT,
    file: 'none.jpg',
    figures: [{ kind: 'cat', size: 0.56, y: 0.5 }],
  },
  {
    ...PORTRAIT,
    file: 'small.jpg',
    width: 640,
    height: 512,
    background: 'hills',
    figures: [{ ...BEARDED, beard: false, yaw: -8, pitch: 5, size: 0.12, x: 0.36, y: 0.7 }],
  },
  {
    ...PORTRAIT,
    file: 'profile.jpg',
    figures: [{ yaw: 72, size: 0.58, x: 0.46, y: 0.45 }],
  },
  {
    ...PORTRAIT,
    file: 'tilted.jpg',
    figures: [{ pitch: -50, size: 0.56, y: 0.42 }],
  },
  {
    ...PORTRAIT,
    file: 'obstructed.jpg',
    figures: [{ ...WOMAN, cover: 'mask', yaw: -10, pitch: 3, size: 0.56, y: 0.45 }],
  },
  {
    ...PORTRAIT,
    file: 'cut_off.jpg',
    figures: [{ ...DARK, yaw: 8, pitch: 6, size: 0.7, x: 0.08, y: 0.42 }],
  },
];
