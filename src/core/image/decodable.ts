import type { ImageFormat } from '../inspection.ts';
import { mendEnd } from './jpeg-end.ts';
import { withoutExif } from './jpeg-metadata.ts';
import { surveyScans } from './jpeg-scans.ts';
import { withoutPngMetadata } from './png-start.ts';
import { cutToFirstPicture } from './webp-start.ts';

/** What is given to the decoder in place of a file. */
export interface Decodable {
  readonly bytes: Uint8Array;
  /** What makes the decoder refuse it. */
  readonly failOn: 'error' | 'warning';
  /** Bytes that the file lacks at its end, and none of its pixels. */
  readonly missingBytes: number;
}

/**
 * Makes of a file what costs the decoder a small multiple of an ordinary picture at most, and shows the same pixels: the
 * work of a JPEG's scans is counted, of a WebP only the first picture is left, and metadata is left out, since all that is
 * wanted of it has been read.
 *
 * @param bytes a whole file whose header has been read
 * @throws DetectError `image.too_complex`, `image.corrupt`
 */
export function makeDecodable(bytes: Uint8Array, format: ImageFormat): Decodable {
  switch (format) {
    case 'jpeg': {
      const survey = surveyScans(bytes);
      const plain = withoutExif(bytes);
      return survey.ended ? asItIs(plain) : mendEnd(plain, survey);
    }
    case 'png':
      return asItIs(withoutPngMetadata(bytes));
    case 'webp':
      return asItIs(cutToFirstPicture(bytes));
    case 'bmp':
      return asItIs(bytes);
  }
}

function asItIs(bytes: Uint8Array): Decodable {
  return { bytes, failOn: 'error', missingBytes: 0 };
}
