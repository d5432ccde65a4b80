/** Work that waits its turn. */
import { DetectError, fill, REQUEST_DETAILS } from '../errors.ts';

/** So many pieces of work at a time, and so many more that wait. */
export class Turns {
  readonly #places: number;
  readonly #mostWaiting: number;
  #busy = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(places: number, mostWaiting: number) {
    this.#places = places;
    this.#mostWaiting = mostWaiting;
  }

  /**
   * Does a piece of work once there is a place; who gives up while waiting leaves the queue.
   *
   * @throws DetectError `overload.queue` where too many wait already, `inspect.aborted`
   */
  async take<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#busy >= this.#places) {
      if (this.#waiting.length >= this.#mostWaiting) {
        throw new DetectError('overload.queue', fill(REQUEST_DETAILS.manyCalls, { most: this.#mostWaiting }));
      }
      await this.#place(signal);
    } else this.#busy++;
    try {
      return await work();
    } finally {
      // Whoever waits takes over the place.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#busy--;
    }
  }

  #place(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const refuse = () => reject(new DetectError('inspect.aborted', undefined, { cause: signal.reason }));
      // Cancelled while its arguments were read: the event has been, and does not come again.
      if (signal.aborted) return refuse();
      const take = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(take), 1);
        refuse();
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(take);
    });
  }
}
