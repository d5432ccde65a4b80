import { hasText, u16be } from '../../../core/image/bytes.ts';
import { walkSegments } from '../../../core/image/jpeg.ts';

const SOF0 = 0xc0;
const SOF1 = 0xc1;
const SOF15 = 0xcf;
const DHT = 0xc4;
const DQT = 0xdb;
const DRI = 0xdd;
const APP0 = 0xe0;
const APP14 = 0xee;
const APP15 = 0xef;
const COM = 0xfe;

/** Coefficients of a block. */
const COEFFICIENTS = 64;
/** Bytes of a Huffman table's specification at most: how many codes there are of each length, and a symbol for each. */
const LENGTHS = 16;
const SYMBOLS = 256;
/** The largest number of a table. Those of Huffman tables for AC coefficients have a bit more. */
const LARGEST_ID = 3;
const AC = 0x10;
/** Sampling factors of luma and of the two colour differences, across and down. */
const SAMPLINGS = new Set(['1x1,1x1,1x1', '2x1,1x1,1x1', '2x2,1x1,1x1']);
const ADOBE_YCC = 1;
/** Component numbers that stand for red, green and blue where nothing else says what they are. */
const RGB = 'RGB';

/** One plane of a picture: luma, or one of the two colour differences. */
export interface PlaneSpec {
  /** Blocks of 8 x 8 samples that a minimum coded unit (MCU) has of it, each way. */
  readonly across: number;
  readonly down: number;
  /** What coefficients are multiplied by: 64, in zigzag order. */
  readonly quantizers: Uint8Array;
  /** Specifications of two Huffman tables: of DC and of AC coefficients. */
  readonly dcTable: Uint8Array;
  readonly acTable: Uint8Array;
}

/** What the header of a baseline JPEG says. */
export interface Baseline {
  readonly width: number;
  readonly height: number;
  /** One, or three. */
  readonly planes: readonly PlaneSpec[];
  /** MCUs from one restart to the next; 0 for none. */
  readonly restart: number;
  /** Where the data of its only scan begins. */
  readonly data: number;
}

interface Component {
  readonly id: number;
  readonly across: number;
  readonly down: number;
  readonly quantizersId: number;
}

/** What has been read of a header on the way. */
interface Found {
  frame: {
    readonly width: number;
    readonly height: number;
    readonly components: readonly Component[];
  } | null;
  readonly quantizers: Map<number, Uint8Array>;
  readonly tables: Map<number, Uint8Array>;
  restart: number;
  isJfif: boolean;
  /** What Adobe's segment says of the colours. */
  transform: number | null;
  isOther: boolean;
}

/**
 * Reads the header of a JPEG as nearly all cameras and programs write it (ITU-T T.81, B.2; JFIF 1.02): sequential, 8 bits, Huffman codes,
 * one scan of grey or of luma and colour differences, which have as many samples, or half as many across, or half both ways.
 *
 * @param bytes a JPEG whose header has been read
 * @returns null for any other, and for a damaged one
 */
export function readBaseline(bytes: Uint8Array): Baseline | null {
  const found: Found = {
    frame: null,
    quantizers: new Map(),
    tables: new Map(),
    restart: 0,
    isJfif: false,
    transform: null,
    isOther: false,
  };
  const scanAt = walkSegments(bytes, (marker, start, end) => {
    if (!readSegment(found, bytes, marker, start + 2, end)) found.isOther = true;
  });
  const { frame, restart } = found;
  if (scanAt === null || frame === null || found.isOther || !isLuma(found, frame.components)) return null;
  const planes = readScan(found, frame.components, bytes, scanAt);
  if (planes === null) return null;
  const { width, height } = frame;
  return { width, height, planes, restart, data: scanAt + u16be(bytes, scanAt) };
}

/** @returns false for what makes it another kind of JPEG */
function readSegment(found: Found, bytes: Uint8Array, marker: number, at: number, end: number): boolean {
  if (marker === DHT) return readTables(found, bytes, at, end);
  if (marker === DQT) return readQuantizers(found, bytes, at, end);
  if (marker === SOF0 || marker === SOF1) return readFrame(found, bytes, at, end);
  if (marker >= SOF0 && marker <= SOF15) return false;
  if (marker === DRI) {
    if (end !== at + 2) return false;
    found.restart = u16be(bytes, at);
    return true;
  }
  if (marker === APP0 && end >= at + 14 && hasText(bytes, at, 'JFIF\0')) {
    found.isJfif = true;
  } else if (marker === APP14 && end >= at + 12 && hasText(bytes, at, 'Adobe')) {
    found.transform = bytes[at + 11];
  }
  // What libjpeg jumps over; it stops at the others.
  return (marker >= APP0 && marker <= APP15) || marker === COM;
}

function readFrame(found: Found, bytes: Uint8Array, at: number, end: number): boolean {
  const count = bytes[at + 5];
  if (bytes[at] !== 8 || (count !== 1 && count !== 3) || end !== at + 6 + 3 * count) return false;
  const components = Array.from({ length: count }, (_, i): Component => {
    const [id, sampling, quantizersId] = bytes.subarray(at + 6 + 3 * i);
    return { id, across: sampling >> 4, down: sampling & 15, quantizersId };
  });
  found.frame = { height: u16be(bytes, at + 1), width: u16be(bytes, at + 3), components };
  if (count === 1) return components.every(({ across, down }) => isFactor(across) && isFactor(down));
  return SAMPLINGS.has(components.map(({ across, down }) => `${across}x${down}`).join());
}

/** Whether a number can be a sampling factor (T.81, table B.2). */
function isFactor(number: number): boolean {
  return number >= 1 && number <= 4;
}

function readQuantizers(found: Found, bytes: Uint8Array, from: number, end: number): boolean {
  let at = from;
  for (; at + 1 + COEFFICIENTS <= end; at += 1 + COEFFICIENTS) {
    const quantizers = bytes.subarray(at + 1, at + 1 + COEFFICIENTS);
    // Larger numbers are of quantizers of 16 bits, or of none.
    if (bytes[at] > LARGEST_ID || quantizers.includes(0)) return false;
    found.quantizers.set(bytes[at], quantizers);
  }
  return at === end;
}

function readTables(found: Found, bytes: Uint8Array, from: number, end: number): boolean {
  let at = from;
  while (at + 1 + LENGTHS <= end) {
    const symbols = at + 1 + LENGTHS;
    const count = bytes.subarray(at + 1, symbols).reduce((sum, one) => sum + one, 0);
    const isNumber = (bytes[at] & ~AC) <= LARGEST_ID;
    if (!isNumber || count > SYMBOLS || symbols + count > end) return false;
    found.tables.set(bytes[at], bytes.subarray(at + 1, symbols + count));
    at = symbols + count;
  }
  return at === end;
}

/** Whether the planes are luma and colour differences, by the rules of libjpeg. */
function isLuma({ isJfif, transform }: Found, components: readonly Component[]): boolean {
  if (components.length === 1 || isJfif) return true;
  if (transform !== null) return transform === ADOBE_YCC;
  return String.fromCharCode(...components.map(({ id }) => id)) !== RGB;
}

/** @returns null unless it is a scan of everything whose tables are there */
function readScan(
  { quantizers, tables }: Found,
  components: readonly Component[],
  bytes: Uint8Array,
  at: number,
): PlaneSpec[] | null {
  const { length } = components;
  const end = at + u16be(bytes, at);
  if (end > bytes.length || end !== at + 6 + 2 * length || bytes[at + 2] !== length) return null;
  const planes: PlaneSpec[] = [];
  for (const [i, { id, across, down, quantizersId }] of components.entries()) {
    const [scanned, ids] = bytes.subarray(at + 3 + 2 * i);
    const own = quantizers.get(quantizersId);
    const dcTable = tables.get(ids >> 4);
    const acTable = tables.get((ids & 15) | AC);
    if (scanned !== id || !own || !dcTable || !acTable) return null;
    // An MCU of a picture with one plane is a block, whatever the frame says (T.81, A.2.2).
    planes.push({
      ...(length === 1 ? { across: 1, down: 1 } : { across, down }),
      quantizers: own,
      dcTable,
      acTable,
    });
  }
  return planes;
}
