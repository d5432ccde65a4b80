import { DAMAGE_DETAILS, DetectError } from '../../errors.ts';
import type { ImageFormat, ImageHeader, ImageInfo } from '../inspection.ts';
import { FinerDecoding } from './finer.ts';
import { readHeader } from './header.ts';
import { CONTRACT_LIMITS, checkBytes, checkDimensions, checkFormat, type ImageLimits } from './limits.ts';
import type { Band, DecodedImage, PixelRows, PixelSource } from './pixels.ts';
import { firstEdge } from './working-size.ts';

/** What can be said of a picture before any pixel is decoded. */
export type PictureInfo<Format = ImageFormat> = Omit<ImageInfo<Format>, 'missingBytes'>;

/** A picture that keeps the limits, and how its pixels are had. */
export interface Picture<Format = ImageFormat> {
  readonly info: PictureInfo<Format>;
  /** @throws DetectError `image.corrupt`, `image.too_complex` */
  decode(): Promise<PixelSource & Pick<ImageInfo, 'missingBytes'>>;
}

/** Decodes files to upright sRGB. */
export interface Decoder {
  /**
   * @param maxEdge the longest edge of the result in pixels
   * @throws DetectError `image.corrupt`, `image.too_complex`
   */
  decode(bytes: Uint8Array, header: ImageHeader, maxEdge: number): Promise<DecodedImage>;
  /** The same pixels, but it may leave out rows that are not in the band. */
  decodeBand(bytes: Uint8Array, header: ImageHeader, maxEdge: number, band: Band): Promise<PixelRows>;
}

/**
 * A picture out of a file's bytes, which must not change before it is decoded. It is decoded coarsely first, and finer where
 * its face is small.
 *
 * @param limits what the file has to be; the contract's if left out
 * @throws DetectError `image.*`
 */
export function openFile(bytes: Uint8Array, decoder: Decoder, limits?: ImageLimits): Picture {
  const info = readPictureInfo(bytes, limits);
  return {
    info,
    async decode() {
      const coarse = await decoder.decode(bytes, info, firstEdge(info));
      const finer = new FinerDecoding(info, (edge, band) => decoder.decodeBand(bytes, info, edge, band));
      return {
        coarse,
        missingBytes: coarse.missingBytes,
        width: info.uprightWidth,
        height: info.uprightHeight,
        finer: (scale, band) => finer.get(scale, band),
      };
    },
  };
}

/**
 * What can be said of a picture before any pixel is decoded.
 *
 * @throws DetectError `image.*`
 */
export function readPictureInfo(bytes: Uint8Array, limits: ImageLimits = CONTRACT_LIMITS): PictureInfo {
  if (!(bytes instanceof Uint8Array)) {
    throw new DetectError('image.unsupported', DAMAGE_DETAILS.notBytes);
  }
  checkBytes(bytes.length, limits);
  const header = readHeader(bytes, true);
  checkFormat(header, limits);
  checkDimensions(header, limits);
  return { ...header, bytes: bytes.length, ...uprightSize(header) };
}

function uprightSize({ width, height, orientation }: ImageHeader) {
  return orientation >= 5
    ? { uprightWidth: height, uprightHeight: width }
    : { uprightWidth: width, uprightHeight: height };
}
