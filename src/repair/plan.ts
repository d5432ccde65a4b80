import { MAX_BYTES, MAX_EDGE } from '../core/image/limits.ts';
import type { Box } from '../core/inspection.ts';
import type { CropReason, RepairWords } from '../core/words/words.ts';
import { isTooLong } from './frames.ts';
import type { Size } from './geometry.ts';
import { JPEG_QUALITIES } from './limits.ts';
import { FORMAT_NAMES, isOfContract, type SourceInfo } from './source.ts';

/** What can be done to a picture, in the order in which it is done. */
export type RepairAction = 'convert' | 'turn' | 'orient' | 'crop' | 'scale' | 'compress';

/** One thing that is done to a picture. */
export interface RepairStep {
  readonly action: RepairAction;
  /** One sentence with the numbers: what is done, and why. */
  readonly detail: string;
}

/** What a repaired picture is written as. PNG loses nothing, and is kept for what had lost nothing before. */
export type TargetFormat = 'jpeg' | 'png';

/** Where a picture is repaired for a generator: what it is called, and the edge that it works at; null for any. */
export interface Recipient {
  readonly title: string;
  readonly size: number | null;
}

/** What became of a plan. */
export interface Outcome {
  readonly format: TargetFormat;
  readonly size: Size;
  /** Of a JPEG, 1 to 100; null for a PNG. */
  readonly quality: number | null;
}

/** How a picture is made from another. */
export interface RepairPlan {
  readonly steps: readonly RepairStep[];
  /** The part that is kept, in whole pixels of the upright picture. */
  readonly frame: Box;
  /** Size of the result in pixels; never more than the frame's. */
  readonly size: Size;
  readonly format: TargetFormat;
}

/**
 * Plans a repair: what has to be done for the part of a picture within a frame to be within the contract. It looks
 * at no pixel; which frame is good, others decide.
 *
 * @param frame   in whole pixels of the upright picture
 * @param because why only this part is kept; not used when it is the whole picture
 * @param words   those of the steps
 * @param recipient the generator whose size the result is to have at most; none if left out
 */
export function planRepair(
  source: SourceInfo,
  frame: Box,
  because: CropReason,
  words: RepairWords,
  recipient?: Recipient,
): RepairPlan {
  const { uprightWidth: width, uprightHeight: height } = source;
  const steps: RepairStep[] = [];
  const wanted = recipient?.size ?? MAX_EDGE;
  const size = scaleUnder(Math.min(MAX_EDGE, wanted), frame);
  const isTooLarge = source.bytes >= MAX_BYTES;
  const format = isTooLarge || !isLossless(source) ? 'jpeg' : 'png';
  const add = (action: RepairAction, detail: string) => steps.push({ action, detail });

  if (!isOfContract(source.format)) {
    add('convert', words.converted(FORMAT_NAMES[source.format]));
  }
  if (source.turns !== 0) {
    add('turn', words.turned(source.turns));
  } else if (source.orientation !== 1) {
    add('orient', words.oriented(source.orientation));
  }
  if (frame.width !== width || frame.height !== height) {
    const why = recipient === undefined && isTooLong({ width, height }) ? 'long' : because;
    add('crop', words.cropped({ width, height }, frame, why));
  }
  if (size.width !== frame.width) {
    const isForGenerator = recipient !== undefined && wanted < MAX_EDGE;
    add('scale', words.scaled(size, Math.min(wanted, MAX_EDGE), isForGenerator ? recipient.title : null));
  }
  if (isTooLarge) add('compress', words.compressed(source.bytes, MAX_BYTES));
  return { steps, frame, size, format };
}

/** What was done in the end: more than planned where the result would have been too large for the contract. */
export function stepsTaken(
  plan: RepairPlan,
  { format, size, quality }: Outcome,
  words: RepairWords,
): readonly RepairStep[] {
  const isAsPlanned = format === plan.format && size.width === plan.size.width;
  if (isAsPlanned && (quality === null || quality === JPEG_QUALITIES[0])) return plan.steps;
  const detail = words.compressedTo(size, quality, MAX_BYTES);
  return [...plan.steps.filter(({ action }) => action !== 'compress'), { action: 'compress', detail }];
}

/** Formats that lose nothing, as far as they are met in photos: most TIFFs are of that kind, but too large as PNG. */
function isLossless({ format }: SourceInfo): boolean {
  return format === 'png' || format === 'bmp' || format === 'gif';
}

/** A size scaled down to a longest edge. The short edge is rounded up: the shape may not become longer. */
export function scaleUnder(maxEdge: number, { width, height }: Size): Size {
  const scale = Math.min(1, maxEdge / Math.max(width, height));
  // Less a rounding error, so that what is whole stays so.
  const scaled = (edge: number) => Math.max(1, Math.ceil(edge * scale - 1e-9));
  return { width: scaled(width), height: scaled(height) };
}
