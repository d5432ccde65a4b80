import { DetectError } from '../../errors.ts';
import type { ImageFormat, ImageHeader, ImageInfo } from '../inspection.ts';
import { readHeader } from './header.ts';
import { CONTRACT_LIMITS, checkBytes, checkDimensions, checkFormat, type ImageLimits } from './limits.ts';
import type { DecodedImage, PixelSource } from './pixels.ts';
import { finerEdge, firstEdge, WORKING_EDGE } from './working-size.ts';

/** What can be said of a picture before any pixel is decoded. */
export type PictureInfo<Format = ImageFormat> = Omit<ImageInfo<Format>, 'missingBytes'>;

/** A picture that keeps the limits, and how its pixels are had. */
export interface Picture<Format = ImageFormat> {
  readonly info: PictureInfo<Format>;
  /** @throws DetectError `image.corrupt`, `image.too_complex` */
  decode(): Promise<PixelSource & Pick<ImageInfo, 'missingBytes'>>;
}

/**
 * Decodes a file to upright sRGB, its long edge at most `maxEdge` pixels.
 *
 * @throws DetectError `image.corrupt`, `image.too_complex`
 */
export type Decode = (
  bytes: Uint8Array,
  header: ImageHeader,
  options: { readonly maxEdge: number },
) => Promise<DecodedImage>;

/**
 * A picture out of a file's bytes, which must not change before it is decoded. It is decoded coarsely first, and finer where
 * its face is small.
 *
 * @param limits what the file has to be; the contract's if left out
 * @throws DetectError `image.*`
 */
export function openFile(bytes: Uint8Array, decode: Decode, limits?: ImageLimits): Picture {
  const info = readPictureInfo(bytes, limits);
  return {
    info,
    async decode() {
      const first = firstEdge(info);
      const finest = Math.min(WORKING_EDGE, Math.max(info.width, info.height));
      const decoded = new Map<number, Promise<DecodedImage>>();
      const decodeAt = (maxEdge: number) => {
        const known = decoded.get(maxEdge) ?? decode(bytes, info, { maxEdge });
        decoded.set(maxEdge, known);
        return known;
      };
      const coarse = await decodeAt(first);
      return {
        coarse,
        missingBytes: coarse.missingBytes,
        width: info.uprightWidth,
        height: info.uprightHeight,
        async finer(scale) {
          const edge = finerEdge(info, first * scale);
          return first >= finest || edge <= first ? null : decodeAt(edge);
        },
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
    throw new DetectError(
      'image.unsupported',
      'A picture is given as a Uint8Array with the bytes of its file.',
    );
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
