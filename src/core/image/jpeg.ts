import { DAMAGE_DETAILS, fill } from '../../errors.ts';
import type { ImageHeader, Orientation } from '../inspection.ts';
import { corrupt, MAX_BLOCKS, tooManyBlocks } from './blocks.ts';
import { hasText, u16be } from './bytes.ts';
import { readExifOrientation } from './exif.ts';

const TEM = 0x01;
const SOF0 = 0xc0;
const SOF15 = 0xcf;
const DHT = 0xc4;
const DAC = 0xcc;
const DQT = 0xdb;
const DNL = 0xdc;
const DRI = 0xdd;
const RST0 = 0xd0;
const RST7 = 0xd7;
const SOI = 0xd8;
/** Marks the end of a picture. */
export const EOI = 0xd9;
/** Starts a scan. */
export const SOS = 0xda;
const APP0 = 0xe0;
/** EXIF, among others. */
export const APP1 = 0xe1;
const APP15 = 0xef;
const COM = 0xfe;

/**
 * The frames that are decoded: sequential, progressive and lossless, with Huffman codes. Those with arithmetic codes
 * (SOF9 to SOF11) are not, as in browsers: where a code may take a thousandth of a bit, the bytes of a file don't bound
 * its work.
 */
const READABLE_FRAMES = new Set([0xc0, 0xc1, 0xc2, 0xc3]);
/** Markers that libjpeg jumps over, or reads, by the length that follows. */
const WITH_LENGTH = new Set([DHT, DAC, SOS, DQT, DNL, DRI, COM]);

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
  const scanAt = walkSegments(bytes, (marker, at, end) => {
    if (isFrame(marker)) {
      if (found.size !== null) throw corrupt(DAMAGE_DETAILS.jpegTwoFrames);
      found.size = readFrame(bytes, marker, at, end);
    } else if (marker === APP1 && found.orientation === null && hasText(bytes, at + 2, 'Exif\0')) {
      found.orientation = readExifOrientation(bytes, at + 2, end);
    }
  });
  if (scanAt === null) return null;
  if (found.size === null) throw corrupt(DAMAGE_DETAILS.jpegNoFrame);
  return { format: 'jpeg', ...found.size, orientation: found.orientation ?? 1, animated: false };
}

/**
 * Visits the segments before the first scan, as libjpeg reads them (ITU-T T.81, B.1 and B.2).
 *
 * @param visit is given a segment's marker, where it starts (at its length, two bytes) and where it ends
 * @returns where the first scan's header starts, at its length; null when the bytes end before it
 * @throws DetectError `image.corrupt`
 */
export function walkSegments(
  bytes: Uint8Array,
  visit: (marker: number, start: number, end: number) => void,
): number | null {
  let stray = 0;
  let at = 2;
  for (let visited = 0; visited < MAX_BLOCKS; visited++) {
    const start = at;
    while (at < bytes.length && bytes[at] !== 0xff) at++;
    while (at < bytes.length && bytes[at] === 0xff) at++;
    stray += at - start - 1;
    if (stray > MAX_STRAY_BYTES) {
      throw corrupt(fill(DAMAGE_DETAILS.jpegStray, { most: MAX_STRAY_BYTES }));
    }
    if (at >= bytes.length) return null;
    const marker = bytes[at++];
    if (isStandalone(marker)) continue;
    if (marker === SOI || marker === EOI) throw corrupt(DAMAGE_DETAILS.jpegEnds);

    if (at + 2 > bytes.length) return null;
    const end = at + u16be(bytes, at);
    if (end < at + 2) throw corrupt(fill(DAMAGE_DETAILS.jpegSegment, { length: end - at }));
    if (marker === SOS) return at;
    if (end > bytes.length) return null;
    visit(marker, at, end);
    at = end;
  }
  throw tooManyBlocks('JPEG segments');
}

/** Whether no length follows the marker: TEM, restarts, and the zero that makes 0xff a byte of data. */
function isStandalone(marker: number): boolean {
  return marker === 0 || marker === TEM || isRestart(marker);
}

/** Whether the marker is one of the eight that divide the data of a scan. */
export function isRestart(marker: number): boolean {
  return marker >= RST0 && marker <= RST7;
}

/** Whether libjpeg reads on behind a segment of this kind, at the end that its length gives. */
export function hasLength(marker: number): boolean {
  return WITH_LENGTH.has(marker) || (marker >= APP0 && marker <= APP15);
}

/** Whether the marker starts a frame header (SOF0 to SOF15). */
export function isFrame(marker: number): boolean {
  return marker >= SOF0 && marker <= SOF15 && marker !== DHT && marker !== DAC;
}

/** The size in a frame header (T.81, B.2.2), which starts at its length field. */
function readFrame(bytes: Uint8Array, marker: number, start: number, end: number): Size {
  if (!READABLE_FRAMES.has(marker)) {
    throw corrupt(fill(DAMAGE_DETAILS.jpegKind, { kind: marker - SOF0 }));
  }
  if (end < start + 8) throw corrupt(DAMAGE_DETAILS.jpegFrameShort);
  const height = u16be(bytes, start + 3);
  const width = u16be(bytes, start + 5);
  const components = bytes[start + 7];
  if (end !== start + 8 + 3 * components) throw corrupt(DAMAGE_DETAILS.jpegFrameLength);
  if (width === 0 || height === 0 || components === 0) {
    throw corrupt(fill(DAMAGE_DETAILS.jpegSize, { width, height, components }));
  }
  return { width, height };
}
