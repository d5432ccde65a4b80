import type { Sharp } from 'sharp';
import type { ImageHeader, Orientation } from '../inspection.ts';
import { corrupt } from './blocks.ts';
import { decodeBmp } from './bmp/decode.ts';
import { checkScans } from './jpeg-scans.ts';
import { MAX_PIXELS } from './limits.ts';
import type { Pixels } from './pixels.ts';
import { isSrgbProfile } from './profile.ts';
import { sharp } from './sharp.ts';

/** LivePortrait scales its source to this long edge before it looks at it (its `source_max_dim`). */
export const WORKING_EDGE = 1280;

/** Long edge of a first decoding, in pixels: as fine as a face of a fifth of the frame needs. */
const FIRST_EDGE = 640;

/** The least edge of a first decoding, in pixels: as fine as a face of a third of the frame needs. */
const LEAST_FIRST_EDGE = 426;

/** sharp has libjpeg shrink while it decodes only from this factor on. */
const JPEG_SHRINK_FACTOR = 3;

/**
 * The long edge at which a picture is decoded most cheaply for a first look at it. A JPEG is cheapest where
 * libjpeg shrinks it while it decodes; a WebP is cheaper the smaller it gets; PNG and BMP cost the same at any size,
 * so they are decoded at once as finely as anything needs.
 */
export function firstEdge({ format, width, height }: ImageHeader): number {
  if (format === 'png' || format === 'bmp') return WORKING_EDGE;
  if (format === 'webp') return FIRST_EDGE;
  const shrunk = Math.floor(Math.max(width, height) / JPEG_SHRINK_FACTOR);
  return shrunk < LEAST_FIRST_EDGE ? FIRST_EDGE : Math.min(FIRST_EDGE, shrunk);
}

/** How {@link decodeImage} decodes. */
export interface DecodeOptions {
  /** The longest edge of the result in pixels; {@link WORKING_EDGE} by default. Nothing is ever enlarged. */
  readonly maxEdge?: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

// Triangle filter, stretched by the factor: free of aliasing and of ringing, and of the kernels that are, the fastest.
const SCALING = { fit: 'fill', kernel: 'linear' } as const;
const WHITE = '#ffffff';

/**
 * Decodes a picture to upright sRGB, its long edge at most `maxEdge`. Colour profiles, CMYK, 16 bits, grey and
 * palettes become 8-bit sRGB, transparency is laid on white, of an animation the first frame is taken. A JPEG is
 * decoded at half, a quarter or an eighth of its size where that is still enough. The same bytes give the same
 * pixels.
 *
 * @param bytes  the whole file; not changed, and not to be changed before the promise settles
 * @param header what `readHeader` said of these bytes, within the limits of `limits.ts`
 * @throws DetectError `image.corrupt` when the pixels are damaged, cut off, or not as the header says
 */
export async function decodeImage(
  bytes: Uint8Array,
  header: ImageHeader,
  options: DecodeOptions = {},
): Promise<Pixels> {
  const target = fitInside(header, options.maxEdge ?? WORKING_EDGE);
  const data =
    header.format === 'bmp'
      ? await decodeOwn(bytes, header, target)
      : await decodeWithSharp(bytes, header, target);
  const isTurned = header.orientation >= 5;
  return {
    data,
    width: isTurned ? target.height : target.width,
    height: isTurned ? target.width : target.height,
    scaleX: isTurned ? header.height / target.height : header.width / target.width,
    scaleY: isTurned ? header.width / target.width : header.height / target.height,
  };
}

/** The size of a picture scaled down to a long edge; at least one pixel each way. */
function fitInside({ width, height }: Size, maxEdge: number): Size {
  const scale = Math.min(1, maxEdge / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

async function decodeOwn(bytes: Uint8Array, header: ImageHeader, target: Size): Promise<Uint8Array> {
  const { data, width, height } = decodeBmp(bytes);
  if (width !== header.width || height !== header.height) throw disagreement(header, { width, height });
  if (width === target.width && height === target.height) return data;
  return toRgb(
    sharp(data, { raw: { width, height, channels: 3 } }).resize({ ...target, ...SCALING }),
    target,
  );
}

async function decodeWithSharp(bytes: Uint8Array, header: ImageHeader, target: Size): Promise<Uint8Array> {
  if (header.format === 'jpeg') checkScans(bytes);
  const options = { failOn: 'error', limitInputPixels: MAX_PIXELS } as const;
  const found = await sharp(bytes, options)
    .metadata()
    .catch((cause: unknown) => {
      throw corrupt('The picture cannot be decoded: its header is damaged.', { cause });
    });
  // Asked here because a picture scaled to a given size no longer shows what its own had been.
  if (found.width !== header.width || found.height !== header.height) throw disagreement(header, found);

  const ignoreIcc = found.icc !== undefined && isSrgbProfile(found.icc);
  const image = sharp(bytes, { ...options, ignoreIcc })
    .flatten({ background: WHITE })
    .toColourspace('srgb');
  const isScaled = target.width !== header.width || target.height !== header.height;
  if (isScaled) image.resize({ ...target, ...SCALING });
  const isTurned = header.orientation >= 5;
  return toRgb(
    turnUpright(image, header.orientation),
    isTurned ? { width: target.height, height: target.width } : target,
  );
}

/** Undoes an EXIF orientation after scaling, where fewest pixels move. sharp flips before it rotates. */
export function turnUpright(image: Sharp, orientation: Orientation): Sharp {
  switch (orientation) {
    case 1:
      return image;
    case 2:
      return image.flop();
    case 3:
      return image.rotate(180);
    case 4:
      return image.flip();
    case 5:
      return image.flop().rotate(270);
    case 6:
      return image.rotate(90);
    case 7:
      return image.flop().rotate(90);
    case 8:
      return image.rotate(270);
  }
}

/** Runs a pipeline; the buffer that sharp allocated is handed on without a copy. */
async function toRgb(image: Sharp, expected: Size): Promise<Uint8Array> {
  const { data, info } = await image
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw corrupt('The picture cannot be decoded: its pixels are damaged or cut off.', { cause });
    });
  if (info.width !== expected.width || info.height !== expected.height || info.channels !== 3) {
    throw disagreement(expected, info);
  }
  return data;
}

function disagreement(header: Size, found: Partial<Size>) {
  return corrupt(
    `The header says ${header.width} x ${header.height} pixels, the picture has ${found.width} x ${found.height}.`,
  );
}
