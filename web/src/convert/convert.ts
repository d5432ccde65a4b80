/** Converting files in the browser: what LivePortrait does not take, and what is too large. */
import { foreignFormat } from '../../../src/core/image/foreign-format.ts';
import { MAX_BYTES, MAX_EDGE } from '../../../src/core/image/limits.ts';
import { MAX_REPAIR_BYTES, REPAIR_LIMIT_MS } from '../../../src/repair/limits.ts';
import type { Spoken } from '../words/catalogue.ts';
import type { ConvertAnswer, Converted } from './protocol.ts';

/** As much of a file as shows its format. */
const HEAD_BYTES = 1_024;
/** Formats that some browsers can open, and that people's cameras and editors write. */
const PICTURE_FORMAT = /\b(?:HEIC|HEIF|AVIF|GIF|TIFF|JPEG XL|JPEG 2000)\b/;

/** The name of a picture's format that LivePortrait does not take; empty for what is no such picture, or is gone. */
export async function foreignFormatOf(file: Blob): Promise<string> {
  const bytes = await file
    .slice(0, HEAD_BYTES)
    .arrayBuffer()
    .catch(() => null);
  if (bytes === null) return '';
  const head = new Uint8Array(bytes);
  const found = foreignFormat(head, file.size <= HEAD_BYTES);
  if (found === undefined || found === 'undecided') return '';
  return PICTURE_FORMAT.exec(found.name)?.[0] ?? '';
}

/**
 * A JPEG out of a file, upright, with edges and bytes that LivePortrait takes.
 *
 * @returns null where this browser cannot open the file in time, or it is too large; or that the part which converts was not loaded
 */
export function convert(file: Blob, signal: AbortSignal): Promise<ConvertAnswer | 'not loaded'> {
  if (file.size > MAX_REPAIR_BYTES) return Promise.resolve(null);
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const ends = AbortSignal.any([signal, AbortSignal.timeout(REPAIR_LIMIT_MS)]);
  const answer = new Promise<ConvertAnswer | 'not loaded'>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<ConvertAnswer>) => resolve(data));
    // It answers whatever the file does to it, so that this is about its own.
    worker.addEventListener('error', () => resolve('not loaded'));
    ends.addEventListener('abort', () => resolve(null));
  });
  worker.postMessage(file);
  return answer.finally(() => worker.terminate());
}

/** What was done to a file, a sentence each. */
export function stepsOf(file: Blob, made: Converted, { core }: Spoken): readonly string[] {
  const { repair } = core;
  const isCompressed = file.size >= MAX_BYTES || made.quality < 95;
  return [
    ...(made.isScaled ? [repair.scaled(made, MAX_EDGE, null)] : []),
    ...(isCompressed ? [repair.compressedTo(made, made.quality, MAX_BYTES)] : []),
  ];
}
