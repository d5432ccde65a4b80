import { DAMAGE_DETAILS, DetectError, fill } from '../../errors.ts';
import { corrupt, MAX_BLOCKS, tooManyBlocks } from './blocks.ts';
import { u16be } from './bytes.ts';
import { EOI, hasLength, isFrame, isRestart, SOS, walkSegments } from './jpeg.ts';
import {
  COEFFICIENTS,
  type Frame,
  readFrameHeader,
  readScanHeader,
  type Scan,
  wholeScan,
  workOfScan,
} from './jpeg-frame.ts';

/**
 * How often the scans of a progressive JPEG may, in all, go over all of its coefficients. A scan can be a dozen bytes and still
 * takes the decoder through all of its blocks, so that the scans, not the bytes, say what such a file costs. libjpeg's
 * own progressive script of ten scans makes 3.9 passes, mozjpeg's longest 4.9; at 8 a picture takes under three times as
 * long as an ordinary progressive one of its size (`npm run bench:bombs`).
 */
const MAX_PASSES = 8;
/** The same for others, whose components have one scan each, all together or one by one (T.81, 4.10): so one pass. */
export const MAX_SEQUENTIAL_PASSES = 2;

/** What the scans of a JPEG come to. */
export interface ScanSurvey {
  /** Whether the end marker is there. */
  readonly ended: boolean;
  /** Whether each component has a scan for all of its coefficients, down to the last bit. */
  readonly complete: boolean;
  /** Whether the decoder reads all of the file before it shows a row: several scans, or the parts of one. */
  readonly isBuffered: boolean;
}

/**
 * Goes through the scans up to the end marker, as libjpeg would meet them, and adds up their work; what cameras put
 * behind the end is not looked at. At most a few milliseconds a megabyte, most often a tenth of one.
 *
 * libjpeg jumps over a segment by its length, but only over those that it knows to have one; any other marker is an
 * error to it or, inside a scan with restarts, a byte to be passed over (jdmarker.c, `jpeg_resync_to_restart`). So
 * nothing can hide behind the supposed length of an unknown one. What libjpeg would stop at is counted at the most that
 * it could be, and passed over.
 *
 * @param bytes a whole JPEG whose header has been read
 * @throws DetectError `image.too_complex` beyond {@link MAX_PASSES} or {@link MAX_SEQUENTIAL_PASSES}; `image.corrupt` for over
 *   {@link MAX_BLOCKS} segments
 */
export function surveyScans(bytes: Uint8Array): ScanSurvey {
  const found: { frame: Frame | null } = { frame: null };
  const scanAt = walkSegments(bytes, (marker, start) => {
    if (isFrame(marker)) found.frame = readFrameHeader(bytes, marker, start);
  });
  const { frame } = found;
  if (frame === null || scanAt === null) throw corrupt(DAMAGE_DETAILS.jpegNoScan);

  const whole = wholeScan(frame);
  const firstScan = readScanHeader(bytes, scanAt, frame) ?? whole;
  // One scan of everything is decoded row by row, and nothing behind it is read.
  const isBuffered = frame.coding === 'progressive' || firstScan.components.length < frame.components.length;
  const budget = new WorkBudget(frame);
  const coverage = new Coverage(frame);
  let markers = 0;
  for (let at = scanAt - 2; at !== -1; ) {
    const marker = bytes[at + 1];
    const start = at + 2;
    if (marker === EOI) return { ended: true, complete: coverage.isComplete(), isBuffered };
    const scan = marker === SOS ? readScanHeader(bytes, start, frame) : null;
    if (marker === SOS && (isBuffered || start === scanAt)) {
      budget.spend(workOfScan(frame, scan ?? whole));
      if (scan !== null) coverage.add(scan);
    }
    const isJumped = marker === SOS ? scan !== null : hasLength(marker);
    if (++markers > MAX_BLOCKS) throw tooManyBlocks('JPEG segments');
    at = nextMarker(
      bytes,
      isJumped && start + 2 <= bytes.length ? start + Math.max(2, u16be(bytes, start)) : start,
    );
  }
  return { ended: false, complete: coverage.isComplete(), isBuffered };
}

/** Work that may be done, and an end to it. */
class WorkBudget {
  readonly #passes: number;
  #left: number;

  constructor(frame: Frame) {
    this.#passes = frame.coding === 'progressive' ? MAX_PASSES : MAX_SEQUENTIAL_PASSES;
    this.#left = this.#passes * workOfScan(frame, wholeScan(frame));
  }

  spend(work: number): void {
    this.#left -= work;
    if (this.#left >= 0) return;
    throw new DetectError('image.too_complex', fill(DAMAGE_DETAILS.jpegPasses, { most: this.#passes }));
  }
}

/** Which coefficients of which component have been read down to which bit. */
class Coverage {
  readonly #lowestBits: Uint8Array;

  constructor({ components }: Frame) {
    this.#lowestBits = new Uint8Array(components.length * COEFFICIENTS).fill(255);
  }

  add({ components, first, last, lowestBit }: Scan): void {
    for (const index of components) {
      this.#lowestBits.fill(lowestBit, index * COEFFICIENTS + first, index * COEFFICIENTS + last + 1);
    }
  }

  isComplete(): boolean {
    for (const bit of this.#lowestBits) if (bit !== 0) return false;
    return true;
  }
}

/** The markers below have no meaning, or no parameters. */
const FIRST_MARKER = 0xc0;

/** How far the next 0xff is looked for byte by byte: a search by the machine's code costs as much as this takes. */
const NEAR = 24;

/**
 * Where the next marker is that libjpeg would do more about than pass over, from `at` on: neither a byte of data
 * (0xff00), nor reserved, nor a restart.
 *
 * @returns where its 0xff is, the last where there are several; -1 when there is none
 */
function nextMarker(bytes: Uint8Array, at: number): number {
  const { length } = bytes;
  while (at < length) {
    const far = Math.min(at + NEAR, length);
    while (at < far && bytes[at] !== 0xff) at++;
    if (at === far) {
      at = bytes.indexOf(0xff, at);
      if (at === -1) return -1;
    }
    while (at + 1 < length && bytes[at + 1] === 0xff) at++;
    if (at + 1 >= length) return -1;
    const code = bytes[at + 1];
    if (code >= FIRST_MARKER && !isRestart(code)) return at;
    at += 2;
  }
  return -1;
}
