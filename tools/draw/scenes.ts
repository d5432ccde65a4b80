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

/** What `npm run draw` draws into `examples/`. */
export const SCENES: readonly Scene[] = [
  { ...PORTRAIT, file: 'pass.jpg', figures: [{ ...WOMAN, yaw: -8, pitch: 8, size: 0.56, y: 0.45 }] },
];
