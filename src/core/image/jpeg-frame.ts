import { u16be } from './bytes.ts';

/** Side of a block, in samples. */
const BLOCK_EDGE = 8;
/** Coefficients of a block. */
export const COEFFICIENTS = 64;
/** What it costs to come to a block at all, measured in coefficients that are looked at once there. */
const ARRIVAL = 24;
/** The most components that a scan may have (T.81, B.2.3). */
const MOST_COMPONENTS_OF_A_SCAN = 4;

/** What a frame header says about the work of a scan. */
export interface Frame {
  readonly coding: 'sequential' | 'progressive' | 'lossless';
  readonly components: readonly Component[];
}

interface Component {
  readonly id: number;
  /** Blocks of 8 x 8 samples, or for a lossless frame as many samples. */
  readonly blocks: number;
}

/** A scan: which components, by their index in the frame, and which coefficients of each block it is about. */
export interface Scan {
  readonly components: readonly number[];
  /** First and last coefficient, in zigzag order. */
  readonly first: number;
  readonly last: number;
  /** The lowest bit that is known after this scan; 0 when the coefficients are complete. */
  readonly lowestBit: number;
}

/** Reads a frame header that `readJpegHeader` has found whole (T.81, B.2.2). `start` is at its length. */
export function readFrameHeader(bytes: Uint8Array, marker: number, start: number): Frame {
  const height = u16be(bytes, start + 3);
  const width = u16be(bytes, start + 5);
  const samplings = Array.from({ length: bytes[start + 7] }, (_, i) => {
    const at = start + 8 + i * 3;
    return { id: bytes[at], across: bytes[at + 1] >> 4, down: bytes[at + 1] & 15 };
  });
  const mostAcross = Math.max(...samplings.map(({ across }) => across), 1);
  const mostDown = Math.max(...samplings.map(({ down }) => down), 1);
  const components = samplings.map(({ id, across, down }) => ({
    id,
    blocks:
      Math.ceil((width * across) / (mostAcross * BLOCK_EDGE)) *
      Math.ceil((height * down) / (mostDown * BLOCK_EDGE)),
  }));
  const coding = marker === 0xc2 ? 'progressive' : marker === 0xc3 ? 'lossless' : 'sequential';
  return { coding, components };
}

/**
 * Reads a scan's header (T.81, B.2.3).
 *
 * @param start at its length
 * @returns null for one that libjpeg stops at
 */
export function readScanHeader(bytes: Uint8Array, start: number, frame: Frame): Scan | null {
  const count = bytes[start + 2];
  const end = start + 6 + 2 * count;
  if (count < 1 || count > MOST_COMPONENTS_OF_A_SCAN || end > bytes.length) return null;
  if (u16be(bytes, start) !== 6 + 2 * count) return null;
  const components: number[] = [];
  for (let i = 0; i < count; i++) {
    const id = bytes[start + 3 + i * 2];
    const index = frame.components.findIndex((one, at) => one.id === id && !components.includes(at));
    if (index === -1) return null;
    components.push(index);
  }
  if (frame.coding !== 'progressive') return { components, first: 0, last: COEFFICIENTS - 1, lowestBit: 0 };
  const first = Math.min(bytes[end - 3], COEFFICIENTS - 1);
  const last = Math.min(Math.max(bytes[end - 2], first), COEFFICIENTS - 1);
  return { components, first, last, lowestBit: bytes[end - 1] & 15 };
}

/** The work of a scan, in coefficients looked at: its blocks, times its band and a bit for each block. */
export function workOfScan(frame: Frame, { components, first, last }: Scan): number {
  const blocks = components.reduce((sum, index) => sum + frame.components[index].blocks, 0);
  return blocks * (ARRIVAL + last - first + 1);
}

/** A scan of everything, once. */
export function wholeScan({ components }: Frame): Scan {
  return { components: components.map((_, i) => i), first: 0, last: COEFFICIENTS - 1, lowestBit: 0 };
}
