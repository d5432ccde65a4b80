import { DetectError, DOWNLOAD_DETAILS, fill } from '../errors.ts';
import type { Deadline } from './deadline.ts';
import type { Head } from './exchange.ts';
import { refusePage } from './page.ts';
import { type LeastSpeed, watchSpeed } from './speed.ts';

/**
 * Looks at the bytes that have arrived so far, from the first on, and returns true once it has seen enough. It
 * throws a `DetectError` to cut the download off. It may be called again with more of the same bytes until then,
 * and must not keep them.
 */
export type PrefixInspector = (bytes: Uint8Array) => boolean;

/** What a body may be. */
export interface BodyLimits extends LeastSpeed {
  /** The first size that is refused, in bytes. */
  readonly tooLarge: number;
}

/** Memory taken on the strength of an announced length alone; more comes as bytes come. */
const TRUSTED_BYTES = 1024 * 1024;
/** Memory to begin with when no length is announced. */
const UNANNOUNCED_BYTES = 64 * 1024;
/** First look at the prefix: enough to tell the formats apart. Later looks come each time the bytes have doubled. */
const FIRST_LOOK_BYTES = 16;

function tooLarge(limit: number): DetectError {
  return new DetectError('download.too_large', fill(DOWNLOAD_DETAILS.pictureBytes, { most: limit }));
}

/** The announced length in bytes; null without one. */
function announcedLength(head: Head): number | null {
  const text = head.header('content-length') ?? '';
  return /^\d+$/.test(text) ? Number(text) : null;
}

/**
 * @throws {DetectError} the inspector's; `download.not_image` for a page; or `inspect.failed` for a fault in the
 *   inspector, which is not the picture's server's
 */
function look(inspect: PrefixInspector, bytes: Uint8Array): boolean {
  try {
    return inspect(bytes);
  } catch (error) {
    if (!(error instanceof DetectError)) throw new DetectError('inspect.failed', undefined, { cause: error });
    if (error.code === 'image.unsupported' && refusePage(bytes, false)) return false;
    throw error;
  }
}

/** A body that arrives, in one buffer of its own, of exactly its size at the end. */
export class Body {
  readonly #limits: BodyLimits;
  readonly #inspectPrefix: PrefixInspector | undefined;
  readonly #speed: ReturnType<typeof watchSpeed>;
  /** Bytes that are taken at most. */
  readonly #most: number;
  #buffer: Uint8Array<ArrayBuffer>;
  #size = 0;
  #nextLook = FIRST_LOOK_BYTES;

  /** @throws {DetectError} `download.too_large` for what the head announces */
  constructor(head: Head, limits: BodyLimits, deadline: Deadline, inspectPrefix?: PrefixInspector) {
    const announced = announcedLength(head);
    if (announced !== null && announced >= limits.tooLarge) throw tooLarge(limits.tooLarge);
    this.#limits = limits;
    this.#inspectPrefix = inspectPrefix;
    this.#most = announced ?? limits.tooLarge - 1;
    const first = announced === null ? UNANNOUNCED_BYTES : TRUSTED_BYTES;
    this.#buffer = new Uint8Array(Math.min(this.#most, first));
    this.#speed = watchSpeed(limits, () => {
      const speed = { rate: limits.leastBytesPerSecond, ms: limits.speedWindowMs };
      deadline.abort(new DetectError('download.timeout', fill(DOWNLOAD_DETAILS.slow, speed)));
    });
  }

  /**
   * Copies the next bytes.
   *
   * @throws {DetectError} `download.too_large`, or what the inspector throws
   */
  add(chunk: Uint8Array): void {
    const begun = this.#size;
    // Announced or not, bytes are counted as they come.
    const size = begun + chunk.length;
    if (size >= this.#limits.tooLarge) throw tooLarge(this.#limits.tooLarge);
    this.#makeRoom(size);
    this.#buffer.set(chunk, begun);
    this.#size = size;
    this.#speed.count(chunk.length);
    if (this.#inspectPrefix && size >= this.#nextLook) {
      const enough = look(this.#inspectPrefix, this.#buffer.subarray(0, size));
      this.#nextLook = enough ? Number.POSITIVE_INFINITY : size * 2;
    }
  }

  /** All that came. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#size === this.#buffer.length ? this.#buffer : this.#buffer.slice(0, this.#size);
  }

  /** Frees the timer; to be called when nothing more comes. */
  stop(): void {
    this.#speed.stop();
  }

  #makeRoom(size: number): void {
    if (size <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.max(size, Math.min(this.#most, this.#buffer.length * 2)));
    larger.set(this.#buffer.subarray(0, this.#size));
    this.#buffer = larger;
  }
}
