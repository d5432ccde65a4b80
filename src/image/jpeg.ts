import type { ImageHeader, Orientation } from '../inspection.ts';
import { corrupt, MAX_BLOCKS, tooManyBlocks } from './blocks.ts';
import { hasText, u16be } from './bytes.ts';
import { readExifOrientation } from './exif.ts';

const TEM = 0x01;
const SOF0 = 0xc0;
const SOF15 = 0xcf;
const DHT = 0xc4;
const DAC = 0xcc;
const RST0 = 0xd0;
const RST7 = 0xd7;
const SOI = 0xd8;
/** Marks the end of a picture. */
export const EOI = 0xd9;
/** Starts a scan. */
export const SOS = 0xda;
const APP1 = 0xe1;

/** The frames libjpeg-turbo has a decoder for: sequential, progressive and lossless; Huffman and arithmetic. */
const READABLE_FRAMES = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc9, 0xca]);

/** Bytes that may be skipped in all between segments: fill bytes (0xff) and, as libjpeg has it, stray others. */
const MAX_STRAY_BYTES = 65_536;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Reads a JPEG's header: the segments up to the first scan, where both the frame's size and all EXIF segments have
 * passed (some writers put EXIF behind the frame header).
 *
 * @returns null when the first scan is not among the bytes yet
 * @throws DetectError `image.corrupt`
 */
export function readJpegHeader(bytes: Uint8Array): ImageHeader | null {
  const found: { size: Size | null; orientation: Orientation | null } = { size: null, orientation: null };
  const reachesScan = walkSegments(bytes, (marker, at, end) => {
    if (isFrame(marker)) {
      if (found.size !== null) throw corrupt('The JPEG has two frame headers.');
      found.size = readFrame(bytes, marker, at, end);
    } else if (marker === APP1 && found.orientation === null && hasText(bytes, at + 2, 'Exif\0')) {
      found.orientation = readExifOrientation(bytes, at + 2, end);
    }
  });
  if (!reachesScan) return null;
  if (found.size === null) throw corrupt('The JPEG has a scan, but no frame header before it.');
  return { format: 'jpeg', ...found.size, orientation: found.orientation ?? 1, animated: false };
}

/**
 * Visits the segments before the first scan, as libjpeg reads them (ITU-T T.81, B.1 and B.2).
 *
 * @param visit is given a segment's marker, where it starts (at its length, two bytes) and where it ends
 * @returns false when the bytes end before the first scan
 * @throws DetectError `image.corrupt`
 */
export function walkSegments(
  bytes: Uint8Array,
  visit: (marker: number, start: number, end: number) => void,
): boolean {
  let stray = 0;
  let at = 2;
  for (let visited = 0; visited < MAX_BLOCKS; visited++) {
    const start = at;
    while (at < bytes.length && bytes[at] !== 0xff) at++;
    while (at < bytes.length && bytes[at] === 0xff) at++;
    stray += at - start - 1;
    if (stray > MAX_STRAY_BYTES) {
      throw corrupt(`The JPEG has over ${MAX_STRAY_BYTES} bytes between its segments.`);
    }
    if (at >= bytes.length) return false;
    const marker = bytes[at++];
    if (isStandalone(marker)) continue;
    if (marker === SOI || marker === EOI)
      throw corrupt('The JPEG ends, or starts again, before its picture.');

    if (at + 2 > bytes.length) return false;
    const end = at + u16be(bytes, at);
    if (end < at + 2) throw corrupt(`The JPEG has a segment of ${end - at} bytes; 2 are the least.`);
    if (marker === SOS) return true;
    if (end > bytes.length) return false;
    visit(marker, at, end);
    at = end;
  }
  throw tooManyBlocks('JPEG segments');
}

/** Whether no length follows the marker: TEM, restarts, and the zero that makes 0xff a byte of data. */
export function isStandalone(marker: number): boolean {
  return marker === 0 || marker === TEM || (marker >= RST0 && marker <= RST7);
}

function isFrame(marker: number): boolean {
  return marker >= SOF0 && marker <= SOF15 && marker !== DHT && marker !== DAC;
}

/** The size in a frame header (T.81, B.2.2), which starts at its length field. */
function readFrame(bytes: Uint8Array, marker: number, start: number, end: number): Size {
  if (!READABLE_FRAMES.has(marker)) {
    throw corrupt(`The JPEG is of a kind that is not read (SOF${marker - SOF0}).`);
  }
  if (end < start + 8) throw corrupt('The frame header of the JPEG is too short.');
  const height = u16be(bytes, start + 3);
  const width = u16be(bytes, start + 5);
  const components = bytes[start + 7];
  if (end !== start + 8 + 3 * components) throw corrupt('The frame header of the JPEG has a wrong length.');
  if (width === 0 || height === 0 || components === 0) {
    throw corrupt(`The JPEG says it is ${width} x ${height} pixels of ${components} components.`);
  }
  return { width, height };
}
