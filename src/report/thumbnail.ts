import type { ImageInfo } from '../core/inspection.ts';
import { decodeImage } from '../node/decode/decode.ts';
import { loadSharp } from '../node/decode/sharp.ts';
import type { EngineName } from '../node/engine.ts';

/** Longest edge of a thumbnail in pixels: what a card shows on a screen of twice the usual density. */
export const THUMBNAIL_EDGE = 320;
const QUALITY = 70;

/**
 * A small upright copy of a picture, some 10 KB, as a data URI.
 *
 * @param bytes the file
 * @param image what its inspection says of it
 * @param engine what decodes and encodes; see {@link loadSharp}
 * @throws DetectError `image.corrupt`, `inspector.unavailable`
 */
export async function thumbnail(bytes: Uint8Array, image: ImageInfo, engine?: EngineName): Promise<string> {
  const { part: sharp } = await loadSharp(engine);
  const { data, width, height } = await decodeImage(bytes, image, { maxEdge: THUMBNAIL_EDGE, engine });
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: QUALITY })
    .toBuffer();
  return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
}
