/** What a file is that is not of the four formats: people send what their phone or a server gave them. */

import { CORE_DETAILS, DetectError, fill } from '../../errors.ts';
import { hasText, u32be } from './bytes.ts';

/** A kind of file that is told apart from pictures that can be read. */
export interface ForeignFormat {
  readonly name: ForeignName;
  /** It is what servers answer people with, in place of a picture. */
  readonly isPage: boolean;
}

/** First bytes, as Latin-1 text. */
const SIGNATURES = [
  [0, 'GIF8', 'a GIF'],
  [0, '%PDF-', 'a PDF'],
  [0, 'II*\0', 'a TIFF or a camera’s raw picture'],
  [0, 'MM\0*', 'a TIFF or a camera’s raw picture'],
  [0, 'II+\0', 'a BigTIFF'],
  [0, 'MM\0+', 'a BigTIFF'],
  [0, '8BPS', 'a Photoshop document'],
  [0, '\xff\x0a', 'a JPEG XL'],
  [0, '\0\0\0\x0cJXL ', 'a JPEG XL'],
  [0, '\0\0\0\x0cjP  ', 'a JPEG 2000'],
  [0, '\xff\x4f\xff\x51', 'a JPEG 2000'],
  [0, '\0\0\x01\0', 'an icon (ICO)'],
  [0, 'PK\x03\x04', 'a ZIP archive or an office document'],
  [0, '\x1f\x8b', 'compressed with gzip'],
  [0, '\x1a\x45\xdf\xa3', 'a WebM or Matroska video'],
  [8, 'AVI ', 'an AVI video'],
  [8, 'WAVE', 'a WAV recording'],
  [0, 'ID3', 'an MP3 recording'],
  [0, 'OggS', 'an Ogg recording or video'],
  [0, 'FLV', 'a Flash video'],
  [0, '%!PS', 'a PostScript document'],
  [0, 'version https://git-lfs', 'a Git LFS pointer'],
] as const satisfies readonly (readonly [offset: number, text: string, name: string])[];

/** Kinds of ISO base media files by their brand (ISO/IEC 14496-12, 4.3; MIAF; Apple). */
const BRANDS = [
  [/^avi[fs]/, 'an AVIF'],
  [/^(heic|heix|heim|heis|hevc|hevx|hevm|hevs)/, 'an HEIC, as iPhones make them'],
  [/^(mif1|msf1|miaf)/, 'an HEIF'],
  [/^crx /, 'a camera’s raw picture (CR3)'],
  [/^qt {2}/, 'a QuickTime video'],
  [/^(3g|kddi)/, 'a 3GPP video'],
  [/^M4A /, 'an M4A recording'],
] as const satisfies readonly (readonly [brand: RegExp, name: string])[];
const OTHER_BRAND = 'an MP4 video';
/** General brands say little; the ones that a file is compatible with are looked at as well, so many of them. */
const MOST_BRANDS = 16;

/** As much of a text as is looked at. */
const TEXT_BYTES = 1024;
/** What may stand before a text: zeros, white space, and what byte order marks are made of. */
const BEFORE_TEXT = new Set([0, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0xa0, 0xef, 0xbb, 0xbf, 0xfe, 0xff]);
/** `{`, `[` and `<`. */
const TEXT_STARTS = new Set([0x7b, 0x5b, 0x3c]);
const PAGE = { name: 'a web page', isPage: true } as const;
const XML = { name: 'an XML document', isPage: true } as const;
const JSON_TEXT = { name: 'a JSON document', isPage: true } as const;
const SVG = { name: 'an SVG', isPage: false } as const;

/** What a foreign file is called, with its article, as in "The file is …". */
export type ForeignName =
  | (typeof SIGNATURES)[number][2]
  | (typeof BRANDS)[number][1]
  | typeof OTHER_BRAND
  | (typeof PAGE | typeof XML | typeof JSON_TEXT | typeof SVG)['name'];

/**
 * What the first bytes of a file show. It knows nothing of the four formats that can be read.
 *
 * @param bytes    the start of a file, or all of it
 * @param complete whether that is the whole file
 * @returns undefined for what has no name here; 'undecided' where more bytes may tell
 */
export function foreignFormat(bytes: Uint8Array, complete: boolean): ForeignFormat | 'undecided' | undefined {
  const found = SIGNATURES.find(([offset, text]) => hasText(bytes, offset, text));
  if (found !== undefined) return { name: found[2], isPage: false };
  if (hasText(bytes, 4, 'ftyp')) return { name: nameOfBrands(bytes), isPage: false };
  return textFormat(bytes, complete);
}

/**
 * The refusal of bytes that are not of the four formats.
 *
 * @param bytes the start of a file, or all of it
 */
export function unsupported(bytes: Uint8Array): DetectError {
  const format = foreignFormat(bytes, true);
  if (format === undefined || format === 'undecided') return new DetectError('image.unsupported');
  return new DetectError('image.unsupported', fill(CORE_DETAILS.foreign, { name: format.name }));
}

function nameOfBrands(bytes: Uint8Array): ForeignName {
  const end = Math.min(bytes.length, u32be(bytes, 0), 16 + 4 * MOST_BRANDS);
  const brands: string[] = [];
  // Behind the first brand is its version.
  for (let at = 8; at + 4 <= end; at += at === 8 ? 8 : 4) {
    brands.push(String.fromCharCode(...bytes.subarray(at, at + 4)));
  }
  // The first kind that any brand is of: what a still picture is coded with says more than that it is one.
  return BRANDS.find(([pattern]) => brands.some((brand) => pattern.test(brand)))?.[1] ?? OTHER_BRAND;
}

function textFormat(bytes: Uint8Array, complete: boolean): ForeignFormat | 'undecided' | undefined {
  // Each picture that is fetched comes here, and nearly none goes on.
  const first = bytes.subarray(0, TEXT_BYTES).find((byte) => !BEFORE_TEXT.has(byte));
  if (first === undefined || !TEXT_STARTS.has(first)) return undefined;
  // Latin-1 will do: what is looked for is ASCII. UTF-16 has a zero beside each.
  const text = String.fromCharCode(...bytes.subarray(0, TEXT_BYTES))
    .replaceAll('\0', '')
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .trimStart();
  if (text.startsWith('{') || text.startsWith('[')) return JSON_TEXT;
  if (!text.startsWith('<')) return undefined;
  // An SVG often begins with a declaration, a comment or a document type, and so does XHTML.
  const root = /<(?:svg|[a-z]+:svg|!doctype\s+svg)\b/i;
  if (root.test(text)) return SVG;
  if (/<(?:!doctype\s+html|html|head|body|title|meta|script|style|div|p|h1|a|table|center)\b/i.test(text)) {
    return PAGE;
  }
  if (/^<[A-Za-z]/.test(text)) return XML;
  return complete || bytes.length >= TEXT_BYTES ? XML : 'undecided';
}
