import { hasText } from '../core/image/bytes.ts';
import { sniffFormat } from '../core/image/header.ts';
import type { ImageFormat, Orientation, QuarterTurns } from '../core/inspection.ts';
import { DAMAGE_DETAILS, DetectError } from '../errors.ts';

/** Formats that can be repaired: those of the contract, and those that are converted. */
export type SourceFormat = ImageFormat | 'gif' | 'tiff' | 'avif';

/** Formats as people write them. */
export const FORMAT_NAMES: Readonly<Record<SourceFormat, string>> = {
  jpeg: 'JPEG',
  png: 'PNG',
  bmp: 'BMP',
  webp: 'WebP',
  gif: 'GIF',
  tiff: 'TIFF',
  avif: 'AVIF',
};

/** What is known of a picture that is to be repaired. */
export interface SourceInfo {
  readonly format: SourceFormat;
  /** Size of the file in bytes. */
  readonly bytes: number;
  /** Stored size in pixels, before the orientation is applied. */
  readonly width: number;
  readonly height: number;
  /** With {@link turns} in it. */
  readonly orientation: Orientation;
  /** Quarter turns clockwise that the face lacked to be upright; EXIF did not tell of them. */
  readonly turns: QuarterTurns;
  /** Size as a viewer shows it, in pixels. */
  readonly uprightWidth: number;
  readonly uprightHeight: number;
}

/** The first bytes of the formats that are converted. */
const SIGNATURES: readonly (readonly [text: string, format: SourceFormat])[] = [
  ['GIF87a', 'gif'],
  ['GIF89a', 'gif'],
  ['II*\0', 'tiff'],
  ['MM\0*', 'tiff'],
];

/** Where an ISO base media file names its kind (ISO/IEC 14496-12, 4.3). */
const BRAND_OFFSET = 4;

/**
 * The format that the first bytes show.
 *
 * @throws DetectError `image.unsupported`, with what to do where that is known
 */
export function sniffSource(bytes: Uint8Array): SourceFormat {
  const found = SIGNATURES.find(([text]) => hasText(bytes, 0, text));
  if (found !== undefined) return found[1];
  if (hasText(bytes, BRAND_OFFSET, 'ftyp')) {
    if (hasText(bytes, BRAND_OFFSET + 4, 'avi')) return 'avif';
    // The library that decodes is built without HEVC, whose patents are licensed.
    throw new DetectError('image.unsupported', DAMAGE_DETAILS.hevc);
  }
  const format = sniffFormat(bytes);
  if (format === null) throw new DetectError('image.unsupported');
  return format;
}

/** Whether the contract takes the format as it is. */
export function isOfContract(format: SourceFormat): format is ImageFormat {
  return format === 'jpeg' || format === 'png' || format === 'bmp' || format === 'webp';
}
