import { DetectError } from '../wire/errors.ts';
import type { Deadline } from './deadline.ts';
import type { Answer } from './exchange.ts';

/**
 * Looks at the bytes that have arrived so far, from the first on, and returns true once it has seen enough. It
 * throws a `DetectError` to cut the download off. It may be called again with more of the same bytes until then,
 * and must not keep them.
 */
export type PrefixInspector = (bytes: Uint8Array) => boolean;

/** What a body may be. */
export interface BodyLimits {
  /** The first size that is refused, in bytes. */
  readonly tooLarge: number;
  /** Least average speed over each `speedWindowMs`. */
  readonly leastBytesPerSecond: number;
  readonly speedWindowMs: number;
}

/** Memory taken on the strength of an announced length alone; more comes as bytes come. */
const TRUSTED_BYTES = 1024 * 1024;
/** Memory to begin with when no length is announced. */
const UNANNOUNCED_BYTES = 64 * 1024;
/** First look at the prefix: enough to tell the formats apart. Later looks come each time the bytes have doubled. */
const FIRST_LOOK_BYTES = 16;

function tooLarge(limit: number): DetectError {
  return new DetectError('download.too_large', `The picture has ${limit} bytes or more; it must have fewer.`);
}

/** @throws {DetectError} `download.encoded` for a body that would have to be inflated */
function refuseEncoded(answer: Answer): void {
  const coding = answer.header('content-encoding')?.trim().toLowerCase() ?? '';
  const transfer = answer.header('transfer-encoding')?.trim().toLowerCase() ?? '';
  if ((coding !== '' && coding !== 'identity') || (transfer !== '' && transfer !== 'chunked')) {
    throw new DetectError('download.encoded');
  }
}

/** The announced length in bytes; null without one. */
function announcedLength(answer: Answer): number | null {
  const text = answer.header('content-length') ?? '';
  return /^\d+$/.test(text) ? Number(text) : null;
}

/** Aborts the deadline when a whole window passes with too few bytes. Returns what counts bytes and what stops it. */
function watchSpeed(limits: BodyLimits, deadline: Deadline): { count(bytes: number): void; stop(): void } {
  const least = (limits.leastBytesPerSecond * limits.speedWindowMs) / 1000;
  let arrived = 0;
  const timer = setInterval(() => {
    if (arrived < least) {
      const speed = `under ${limits.leastBytesPerSecond} bytes a second for ${limits.speedWindowMs} ms`;
      deadline.abort(new DetectError('download.timeout', `The picture arrived too slowly: ${speed}.`));
    }
    arrived = 0;
  }, limits.speedWindowMs);
  return {
    count: (bytes) => {
      arrived += bytes;
    },
    stop: () => clearInterval(timer),
  };
}

/** @throws {DetectError} the inspector's, or `inspect.failed` for a fault in it, which is none of the picture's server */
function look(inspect: PrefixInspector, bytes: Uint8Array): boolean {
  try {
    return inspect(bytes);
  } catch (error) {
    throw error instanceof DetectError
      ? error
      : new DetectError('inspect.failed', undefined, { cause: error });
  }
}

/**
 * Reads a body into one buffer of its own, of exactly its size, ready to be transferred to a worker.
 *
 * @throws {DetectError} `download.encoded`, `download.too_large`, or what the inspector throws; other errors come
 *   from the connection
 */
export async function readBody(
  answer: Answer,
  limits: BodyLimits,
  deadline: Deadline,
  inspectPrefix?: PrefixInspector,
): Promise<Uint8Array<ArrayBuffer>> {
  refuseEncoded(answer);
  const announced = announcedLength(answer);
  if (announced !== null && announced >= limits.tooLarge) throw tooLarge(limits.tooLarge);

  const most = announced ?? limits.tooLarge - 1;
  let buffer = new Uint8Array(Math.min(most, announced === null ? UNANNOUNCED_BYTES : TRUSTED_BYTES));
  let size = 0;
  let nextLook = FIRST_LOOK_BYTES;
  const speed = watchSpeed(limits, deadline);
  try {
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
      const needed = size + chunk.length;
      // Announced or not, bytes are counted as they come.
      if (needed >= limits.tooLarge) throw tooLarge(limits.tooLarge);
      if (needed > buffer.length) {
        const larger = new Uint8Array(Math.max(needed, Math.min(most, buffer.length * 2)));
        larger.set(buffer.subarray(0, size));
        buffer = larger;
      }
      buffer.set(chunk, size);
      size = needed;
      speed.count(chunk.length);
      if (inspectPrefix && size >= nextLook) {
        const enough = look(inspectPrefix, buffer.subarray(0, size));
        nextLook = enough ? Number.POSITIVE_INFINITY : size * 2;
      }
    }
  } finally {
    speed.stop();
  }
  return size === buffer.length ? buffer : buffer.slice(0, size);
}
