/** How long an exchange with the store of uploads may take, and how slow it may be: a store that drips holds nobody. */
import { LEAST_SPEED, watchSpeed } from '../download/speed.ts';
import { type Detail, DetectError, fill, SERVICE_DETAILS } from '../errors.ts';

/** The bounds of one exchange. */
export class Bounds {
  /** Aborted with a `DetectError` where a bound is passed, or with the caller's reason. */
  readonly signal: AbortSignal;
  readonly #own = new AbortController();
  readonly #timer: NodeJS.Timeout;

  /** @param ms from now on, with all that is tried again. @param caller who may end it sooner */
  constructor(ms: number, caller?: AbortSignal) {
    this.signal = caller === undefined ? this.#own.signal : AbortSignal.any([this.#own.signal, caller]);
    this.#timer = setTimeout(() => this.#pass(fill(SERVICE_DETAILS.s3Late, { ms })), ms);
  }

  /**
   * The bytes as they come, or go, held to the least speed of a download.
   *
   * @param ms how long the speed may stay below it
   */
  async *watched(
    bytes: AsyncIterable<Uint8Array>,
    ms = LEAST_SPEED.speedWindowMs,
  ): AsyncGenerator<Uint8Array> {
    const { leastBytesPerSecond: rate } = LEAST_SPEED;
    const speed = watchSpeed({ leastBytesPerSecond: rate, speedWindowMs: ms }, () => {
      this.#pass(fill(SERVICE_DETAILS.s3Slow, { rate, ms }));
    });
    try {
      for await (const chunk of bytes) {
        speed.count(chunk.byteLength);
        yield chunk;
      }
    } finally {
      speed.stop();
    }
  }

  /** Frees the timer; to be called when the exchange has ended. */
  clear(): void {
    clearTimeout(this.#timer);
  }

  #pass(detail: Detail): void {
    this.#own.abort(new DetectError('upload.unavailable', detail));
  }
}
