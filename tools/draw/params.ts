import type { Colour } from './solid.ts';
import { colour } from './solid.ts';

/** What covers a face, or part of it. */
export type Cover = 'none' | 'mask' | 'scarf' | 'phone' | 'glasses' | 'sunglasses';

/** How hair is worn. */
export type HairStyle = 'bald' | 'short' | 'long';

/** How a picture is drawn. `marble` carves the figures of stone, the others work on the finished picture. */
export type Style = 'rendered' | 'painted' | 'sketch' | 'marble';

/** A person: how the head is held, what it looks like, where it is. */
export interface HeadParams {
  /** Degrees; positive: turned to the picture's right. */
  readonly yaw: number;
  /** Degrees; positive: looks up. */
  readonly pitch: number;
  /** Degrees; positive: leans clockwise, as the viewer sees it. */
  readonly roll: number;
  /** Height of the head, chin to crown, over the height of the picture. */
  readonly size: number;
  /** Place of the point between the eyes, as shares of the picture's width and height. */
  readonly x: number;
  readonly y: number;
  readonly cover: Cover;
  /** 0 closed, 1 wide open. */
  readonly mouth: number;
  /** 0 closed, 1 open. */
  readonly eyes: number;
  readonly hair: HairStyle;
  readonly beard: boolean;
  readonly skin: Colour;
  readonly hairColour: Colour;
  readonly iris: Colour;
  readonly clothes: Colour;
  /** Width of the jaw over the usual. */
  readonly jaw: number;
  /** Fullness of the lips over the usual. */
  readonly lips: number;
  /** Size of the nose over the usual. */
  readonly nose: number;
}

/** A person looking straight at the camera. */
export const DEFAULT_HEAD: HeadParams = {
  yaw: 0,
  pitch: 0,
  roll: 0,
  size: 0.5,
  x: 0.5,
  y: 0.42,
  cover: 'none',
  mouth: 0,
  eyes: 1,
  hair: 'short',
  beard: false,
  skin: colour('#d9a078'),
  hairColour: colour('#3a2417'),
  iris: colour('#5b7a52'),
  clothes: colour('#2f4f63'),
  jaw: 1,
  lips: 1,
  nose: 1,
};
