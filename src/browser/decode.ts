import { corrupt } from '../core/image/blocks.ts';
import { decodeBmp } from '../core/image/bmp/decode.ts';
import { makeDecodable } from '../core/image/decodable.ts';
import { type Picture, readPictureInfo } from '../core/image/picture.ts';
import type { ImageHeader } from '../core/inspection.ts';
import { DAMAGE_DETAILS, fill } from '../errors.ts';
import { isBlank } from './blank.ts';
import { drawnSource } from './drawn.ts';
import { mayBeTransparent } from './transparency.ts';

/**
 * A picture out of a file's bytes, decoded by the browser.
 *
 * @throws DetectError `image.*`
 */
export function openFile(bytes: Uint8Array): Picture {
  const info = readPictureInfo(bytes);
  return {
    info,
    async decode() {
      const { bitmap, missingBytes } = await decodeImage(bytes, info);
      try {
        const { uprightWidth: width, uprightHeight: height } = info;
        return { ...drawnSource(bitmap, info), missingBytes, width, height, close: () => bitmap.close() };
      } catch (error) {
        bitmap.close();
        throw error;
      }
    },
  };
}

/**
 * Decodes a picture to sRGB. The browser gets no metadata to see, so that pictures are turned upright here, as everywhere, and of
 * an animation it gets the first frame.
 *
 * @throws DetectError `image.corrupt`, `image.too_complex`
 */
async function decodeImage(bytes: Uint8Array, header: ImageHeader) {
  const decoded = await openBitmap(bytes, header);
  const { bitmap } = decoded;
  if (bitmap.width === header.width && bitmap.height === header.height) return decoded;
  bitmap.close();
  throw corrupt(
    fill(DAMAGE_DETAILS.otherSize, {
      width: header.width,
      height: header.height,
      foundWidth: bitmap.width,
      foundHeight: bitmap.height,
    }),
  );
}

async function openBitmap(file: Uint8Array, { format }: ImageHeader) {
  if (format === 'bmp') return { bitmap: await openBmp(file), missingBytes: 0 };
  const { bytes, missingBytes } = makeDecodable(file, format);
  const blob = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: `image/${format}` });
  const bitmap = await createImageBitmap(blob, { imageOrientation: 'none' }).catch((cause: unknown) => {
    throw corrupt(DAMAGE_DETAILS.damaged, { cause });
  });
  if (mayBeTransparent(bytes, format) || !isBlank(bitmap)) return { bitmap, missingBytes };
  bitmap.close();
  throw corrupt(DAMAGE_DETAILS.damaged);
}

/** Browsers read fewer kinds of BMP than the core does. */
function openBmp(file: Uint8Array): Promise<ImageBitmap> {
  const { data, width, height } = decodeBmp(file);
  const pixels = new ImageData(width, height);
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    pixels.data[to] = data[from];
    pixels.data[to + 1] = data[from + 1];
    pixels.data[to + 2] = data[from + 2];
    pixels.data[to + 3] = 255;
  }
  return createImageBitmap(pixels);
}
