/** Work that waits its turn: a few at a time, no faster than the service wants, in the order it came. */
import { FULL_SPEED, faster, type Pace, slower } from './pace.ts';

/**
 * What came of one piece: done; again at once; again and everything slower, since a rate is used up or the service
 * is busy; or nothing goes on until somebody says so.
 */
export type Outcome = 'done' | 'again' | 'over-rate' | 'busy' | 'hold';

/** A queue of pieces of work. */
export interface Queue<T> {
  /** Puts pieces at the end. */
  add(pieces: readonly T[]): void;
  /** Goes on after a piece came back with "hold". */
  resume(): void;
  /** Forgets what waits, and aborts what is under way. */
  clear(): void;
}

/**
 * Makes a queue.
 *
 * @param places how many pieces are under way at a time
 * @param work   does one piece; what it throws when its signal is aborted is nobody's business
 */
export function createQueue<T>(
  places: number,
  work: (piece: T, signal: AbortSignal) => Promise<Outcome>,
): Queue<T> {
  let waiting: T[] = [];
  let busy = 0;
  let held = false;
  let pace: Pace = FULL_SPEED;
  let nextStart = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let controller = new AbortController();

  function settle(piece: T, outcome: Outcome): void {
    busy--;
    if (outcome === 'done') pace = faster(pace);
    else waiting.unshift(piece);
    if (outcome === 'hold') held = true;
    if (outcome === 'over-rate' || outcome === 'busy') {
      pace = slower(pace, outcome === 'over-rate');
      nextStart = Date.now() + pace.rest;
    }
    start();
  }

  function begin(piece: T): void {
    const { signal } = controller;
    busy++;
    nextStart = Math.max(nextStart, Date.now()) + pace.gap;
    work(piece, signal).then(
      (outcome) => {
        if (!signal.aborted) settle(piece, outcome);
      },
      (error: unknown) => {
        if (signal.aborted) return;
        settle(piece, 'done');
        throw error;
      },
    );
  }

  function start(): void {
    clearTimeout(timer);
    while (!held && busy < places && waiting.length > 0) {
      const early = nextStart - Date.now();
      if (early > 0) {
        timer = setTimeout(start, early);
        return;
      }
      begin(waiting.shift()!);
    }
  }

  return {
    add(pieces) {
      waiting.push(...pieces);
      start();
    },
    resume() {
      held = false;
      start();
    },
    clear() {
      controller.abort();
      controller = new AbortController();
      clearTimeout(timer);
      waiting = [];
      busy = 0;
      held = false;
    },
  };
}
