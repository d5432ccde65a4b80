import type { ImageFormat } from '../inspection.ts';
import { mendEnd } from './jpeg-end.ts';
import { surveyScans } from './jpeg-scans.ts';
import { withoutText } from './png-text.ts';
import { cutToFirstFrame } from './webp-start.ts';

/** What is given to the decoder in place of a file. */
export interface Decodable {
  readonly bytes: Uint8Array;
  /** What makes the decoder refuse it. */
  readonly failOn: 'error' | 'warning';
  /** Bytes that the file lacks at its end, and none of its pixels. */
  readonly missingBytes: number;
}

/**
 * Makes of a file what costs the decoder a small multiple of an ordinary picture at most, and shows the same pixels:
 * the work of a JPEG's scans is counted, of a WebP only the first picture is left, and of a PNG not its text.
 *
 * @param bytes a whole file whose header has been read
 * @throws DetectError `image.too_complex`, `image.corrupt`
 */
export function makeDecodable(bytes: Uint8Array, format: ImageFormat): Decodable {
  const asItIs = { bytes, failOn: 'error', missingBytes: 0 } as const;
  if (format === 'webp') return { ...asItIs, bytes: cutToFirstFrame(bytes) };
  if (format === 'png') return { ...asItIs, bytes: withoutText(bytes) };
  if (format !== 'jpeg') return asItIs;
  const survey = surveyScans(bytes);
  return survey.ended ? asItIs : mendEnd(bytes, survey);
}
