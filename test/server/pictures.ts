/** Pictures for tests: drawn by the project, or made here. */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';

/** A drawn portrait that passes. */
export const PORTRAIT: Uint8Array = readFileSync(new URL('../../examples/pass.jpg', import.meta.url));

/** A drawn portrait whose mouth is covered by a mask. */
export const OBSTRUCTED: Uint8Array = readFileSync(new URL('../../examples/obstructed.jpg', import.meta.url));

/** A picture of nothing, in one colour. */
export async function blank(width: number, height: number, format: 'png' | 'jpeg' | 'webp' = 'png') {
  const background = { r: 120, g: 140, b: 160 };
  const picture = sharp({ create: { width, height, channels: 3, background } });
  return await picture.toFormat(format).toBuffer();
}
