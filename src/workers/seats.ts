import { DetectError, SERVICE_DETAILS } from '../errors.ts';
import { Seat, type SeatOptions } from './seat.ts';

/** A worker that has had its picture for so long, in milliseconds, is counted as stuck: pictures take a hundredth of that. */
const STUCK_MS = 2_000;
/** Attempts to start a worker that may fail in a row, at one place, before there is no hope where none is alive. */
const MOST_FAILURES = 5;

/** How many workers there are. */
export interface PoolState {
  readonly wanted: number;
  /** Those that work; neither stuck ones nor those that are being replaced. */
  readonly alive: number;
  readonly busy: number;
  /** Those that have had one picture for so long that something is wrong. */
  readonly stuck: number;
}

/** How the seats are filled. */
export interface SeatsOptions extends Omit<SeatOptions, 'after'> {
  readonly count: number;
  /**
   * Starts one worker alone, and the others when it works and this has settled: they would only keep the processor from what
   * goes on meanwhile. It must not reject. All start at once if it is left out.
   */
  readonly othersAfter?: Promise<unknown>;
  /** Is told of each worker that was lost, or could not start, with why. */
  readonly onWorkerLost?: (why: string, state: PoolState) => void;
  /** Is told, once, when none is left and none can be started. */
  readonly onExtinct?: () => void;
}

interface Waiter {
  readonly resolve: (seat: Seat) => void;
  readonly reject: (error: unknown) => void;
}

/** All workers of a pool, and those who wait for one of them. */
export class Seats {
  readonly #options: SeatsOptions;
  readonly #seats: readonly Seat[];
  readonly #waiters: Waiter[] = [];
  #isClosed = false;
  #isExtinct = false;

  /** Starts the workers, and does not wait for them. */
  constructor(options: SeatsOptions) {
    this.#options = options;
    const events = {
      onFree: () => this.serve(),
      onLost: ({ text }: { readonly text: string }) => options.onWorkerLost?.(text, this.state),
      onFailed: (error: DetectError, inARow: number) => this.#onFailed(error, inARow),
    };
    const first = new Seat(options, events);
    const { othersAfter } = options;
    const after = othersAfter && Promise.allSettled([first.first, othersAfter]);
    const others = Array.from(
      { length: options.count - 1 },
      () => new Seat({ ...options, ...(after && { after }) }, events),
    );
    this.#seats = [first, ...others];
    // Who waits for them is told; nobody has to.
    for (const { first } of this.#seats) first.catch(() => undefined);
  }

  /** Resolves when the first seat has had a worker. @throws DetectError whatever keeps it from starting */
  readyForOne(): Promise<void> {
    return this.#seats[0].first;
  }

  /** Resolves when every seat has had a worker. @throws DetectError whatever keeps one from starting */
  async ready(): Promise<void> {
    await Promise.all(this.#seats.map(({ first }) => first));
  }

  /** How many workers are wanted, alive, at work, and stuck. */
  get state(): PoolState {
    const alive = this.#seats.filter(({ isAlive }) => isAlive);
    const times = alive.map(({ busyMs }) => busyMs).filter((ms) => ms !== undefined);
    const stuck = times.filter((ms) => ms > STUCK_MS).length;
    return { wanted: this.#seats.length, alive: alive.length - stuck, busy: times.length, stuck };
  }

  /**
   * Takes a seat whose worker is free, and waits for one where there is none.
   *
   * @throws DetectError `inspect.failed` when no worker can be started, `inspect.aborted` when they are closed; why the
   *         signal was aborted
   */
  take(signal: AbortSignal): Promise<Seat> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new DetectError('inspect.aborted'));
      const free = this.#free;
      if (free !== undefined) return resolve(free.take());
      if (this.#isDown) return reject(new DetectError('inspect.failed', SERVICE_DETAILS.noWorker));
      if (signal.aborted) return reject(signal.reason);
      const leave = () => signal.removeEventListener('abort', onAbort);
      const waiter: Waiter = {
        resolve: (seat) => {
          leave();
          resolve(seat);
        },
        reject: (error) => {
          leave();
          reject(error);
        },
      };
      const onAbort = () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        waiter.reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiters.push(waiter);
    });
  }

  /** Gives a free seat, where there is one, to whoever waits longest. */
  serve(): void {
    const free = this.#free;
    if (free !== undefined) this.#waiters.shift()?.resolve(free.take());
  }

  /** Asks the workers without a task whether they are there. */
  ping(): void {
    for (const seat of this.#seats) seat.ping();
  }

  /** Ends all workers, and starts no more. */
  close(): void {
    this.#isClosed = true;
    for (const seat of this.#seats) seat.close();
    this.#refuseAll(new DetectError('inspect.aborted'));
  }

  get #free(): Seat | undefined {
    return this.#seats.find(({ isFree }) => isFree);
  }

  get #isDown(): boolean {
    return this.#seats.every(({ isDown, isAlive }) => isDown && !isAlive);
  }

  #refuseAll(error: DetectError): void {
    for (const { reject } of this.#waiters.splice(0)) reject(error);
  }

  #onFailed(error: DetectError, inARow: number): void {
    this.#options.onWorkerLost?.(error.message, this.state);
    if (!this.#isDown) return;
    this.#refuseAll(error);
    if (inARow < MOST_FAILURES || this.#isExtinct) return;
    this.#isExtinct = true;
    this.#options.onExtinct?.();
  }
}
