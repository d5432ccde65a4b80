import { corrupt } from '../../core/image/blocks.ts';
import { decodeBmp } from '../../core/image/bmp/decode.ts';
import { makeDecodable } from '../../core/image/decodable.ts';
import { type Rows, rowsOf } from '../../core/image/finer.ts';
import { readJpegHeader } from '../../core/image/jpeg.ts';
import type { Decoder } from '../../core/image/picture.ts';
import type { Band, DecodedImage, PixelRows } from '../../core/image/pixels.ts';
import { fitInside, type Size, uprightPixels, WORKING_EDGE } from '../../core/image/working-size.ts';
import type { ImageHeader } from '../../core/inspection.ts';
import { DAMAGE_DETAILS } from '../../errors.ts';
import type { EngineName } from '../engine.ts';
import { decodeBaseline } from './jpeg/decode.ts';
import { readJpegProfile } from './jpeg-profile.ts';
import { isPassedOver } from './profile.ts';
import { loadSharp, type Sharp } from './sharp.ts';
import {
  askSharp,
  checkSize,
  type Decoded,
  decodeWithSharp,
  SCALING,
  type SizeAndProfile,
  toRgb,
} from './with-sharp.ts';

/** How {@link decodeImage} decodes. */
export interface DecodeOptions {
  /** The longest edge of the result in pixels; {@link WORKING_EDGE} by default. Nothing is ever enlarged. */
  readonly maxEdge?: number;
  /** What decodes; see {@link loadSharp}. */
  readonly engine?: EngineName | undefined;
}

/**
 * Decodes a picture to upright sRGB, its long edge at most `maxEdge`. Colour profiles, CMYK, 16 bits, grey and
 * palettes become 8-bit sRGB, transparency is laid on white, of an animation the first frame is taken. A JPEG is
 * decoded at half, a quarter or an eighth of its size where that is still enough. The same bytes give the same
 * pixels.
 *
 * @param bytes  the whole file; not changed, and not to be changed before the promise settles
 * @param header what `readHeader` said of these bytes, within the limits of `limits.ts`
 * @throws DetectError `image.corrupt` when the pixels are damaged, cut off, or not as the header says;
 *   `image.too_complex` when they would cost many times what an ordinary picture does; `inspector.unavailable`
 */
export async function decodeImage(
  bytes: Uint8Array,
  header: ImageHeader,
  options: DecodeOptions = {},
): Promise<DecodedImage> {
  const target = fitInside(header, options.maxEdge ?? WORKING_EDGE);
  const { part: sharp } = await loadSharp(options.engine);
  const { data, missingBytes } = await decodeFile(sharp, bytes, header, target);
  return { data, ...uprightPixels(header, target), missingBytes };
}

/**
 * As {@link decodeImage}, but of an upright JPEG a band of rows only: those below it are not decoded, and those above only as
 * far as the band needs it. The rows are the same to the last bit. Damage below the band goes unseen, so a file is decoded as a
 * whole first, however coarsely. Of other formats all rows are given, which cost as much.
 */
export async function decodeBand(
  bytes: Uint8Array,
  header: ImageHeader,
  band: Band,
  options: DecodeOptions = {},
): Promise<PixelRows> {
  if (header.format !== 'jpeg' || header.orientation !== 1) return decodeImage(bytes, header, options);
  const target = fitInside(header, options.maxEdge ?? WORKING_EDGE);
  const rows = rowsOf(band, target.height);
  const { part: sharp } = await loadSharp(options.engine);
  const { data } = await decodeJpeg(sharp, bytes, header, target, rows);
  return { data, ...uprightPixels(header, target), firstRow: rows.firstRow };
}

/** Decodes for an inspector: coarsely first, then finer, and of that what is needed. */
export function decoderOf(engine?: EngineName): Decoder {
  return {
    decode: (bytes, header, maxEdge) => decodeImage(bytes, header, { maxEdge, engine }),
    decodeBand: (bytes, header, maxEdge, band) => decodeBand(bytes, header, band, { maxEdge, engine }),
  };
}

async function decodeFile(
  sharp: Sharp,
  bytes: Uint8Array,
  header: ImageHeader,
  target: Size,
): Promise<Decoded> {
  if (header.format === 'jpeg') return decodeJpeg(sharp, bytes, header, target);
  if (header.format === 'bmp') return decodeOwn(sharp, bytes, header, target);
  const decodable = makeDecodable(bytes, header.format);
  const { profile, ...size } = await askSharp(sharp, decodable);
  checkSize(header, size);
  return decodeWithSharp(sharp, decodable, isIgnored(profile), header, target);
}

async function decodeOwn(
  sharp: Sharp,
  bytes: Uint8Array,
  header: ImageHeader,
  target: Size,
): Promise<Decoded> {
  const { data, width, height } = decodeBmp(bytes);
  checkSize(header, { width, height });
  if (width === target.width && height === target.height) return { data, missingBytes: 0 };
  const image = sharp(data, { raw: { width, height, channels: 3 } });
  return { data: await toRgb(image.resize({ ...target, ...SCALING }), target), missingBytes: 0 };
}

/** Decodes a baseline JPEG without sharp, and others with it. */
async function decodeJpeg(
  sharp: Sharp,
  file: Uint8Array,
  header: ImageHeader,
  target: Size,
  rows?: Rows,
): Promise<Decoded> {
  const { profile, ...size } = readJpeg(file);
  checkSize(header, size);
  const ignoreIcc = isIgnored(profile);
  const isPlain = profile === null || ignoreIcc;
  const { orientation } = header;
  // Before the survey, which it has no need of: what it reads has one scan, and an end.
  const whole = isPlain && (await decodeBaseline(file, { target, orientation, isEnded: true, rows }));
  if (whole) return { data: whole, missingBytes: 0 };
  const decodable = makeDecodable(file, 'jpeg');
  const { missingBytes } = decodable;
  if (isPlain && missingBytes > 0) {
    const data = await decodeBaseline(file, { target, orientation, isEnded: false, rows });
    if (data !== null) return { data, missingBytes };
  }
  return decodeWithSharp(sharp, decodable, ignoreIcc, header, target, rows);
}

/** Whether there is a profile that is not applied. */
function isIgnored(profile: Buffer | null): boolean {
  return profile !== null && isPassedOver(profile);
}

/**
 * What sharp would say of a JPEG, without a pass of its own through the decoder: half a millisecond. libjpeg takes the
 * size from the same one frame header.
 */
function readJpeg(bytes: Uint8Array): SizeAndProfile {
  const header = readJpegHeader(bytes);
  if (header === null) throw corrupt(DAMAGE_DETAILS.endsEarly);
  return { width: header.width, height: header.height, profile: readJpegProfile(bytes) };
}
