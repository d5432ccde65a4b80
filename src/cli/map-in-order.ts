import { setImmediate as turn } from 'node:timers/promises';

/**
 * How long it goes on at most without a turn for signals and timers, in ms: what needs no waiting, such as an address that
 * is refused at once, would keep them from ever being seen.
 */
const TURN_MS = 20;

/** How far {@link mapInOrder} goes. */
export interface MapLimits {
  /** Items at work at once. */
  readonly width: number;
  /**
   * Items that may be taken before the oldest of them has its result, `width` or more: so many results may wait for a
   * slow item, and so long the others go on working beside it. `width` if left out.
   */
  readonly lead?: number;
  /** Ends it: no further item is taken, and no further result is given. */
  readonly signal?: AbortSignal | undefined;
}

/** What happened first: an item came, the oldest one has its result, or a hand is free or the end was asked for. */
type Step<T, R> = { readonly item: IteratorResult<T> } | { readonly result: R } | undefined;

/**
 * Maps with so many items at work at once. Results come in the order of the items, each as soon as it is there and
 * those before it are, even while the next item is still to come.
 */
export async function* mapInOrder<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  { width, lead = width, signal }: MapLimits,
  map: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const source = toAsync(items);
  const waiting: Promise<R>[] = [];
  const working = new Set<Promise<undefined>>();
  let next: Promise<IteratorResult<T>> | undefined;
  let isAtEnd = false;
  const start = (item: T) => {
    const result = map(item);
    const onEnd = () => {
      working.delete(work);
      return undefined;
    };
    const work: Promise<undefined> = result.then(onEnd, onEnd);
    working.add(work);
    waiting.push(result);
  };
  let turned = performance.now();
  let wake = () => {};
  const onAbort = () => wake();
  signal?.addEventListener('abort', onAbort);
  try {
    while (!signal?.aborted && (!isAtEnd || waiting.length > 0)) {
      const mayTake: boolean = !isAtEnd && waiting.length < lead;
      if (mayTake && working.size < width) next ??= source.next();
      const first = waiting.at(0);
      // An item first where both are there, so that all hands stay busy.
      const event: Step<T, R> = await Promise.race([
        new Promise<undefined>((resolve) => {
          wake = () => resolve(undefined);
        }),
        ...(next ? [next.then((item) => ({ item }))] : []),
        ...(first ? [first.then((result) => ({ result }))] : []),
        ...(mayTake && !next ? working : []),
      ]);
      if (event === undefined) continue;
      if ('item' in event) {
        next = undefined;
        isAtEnd = event.item.done === true;
        if (!event.item.done) start(event.item.value);
      } else {
        waiting.shift();
        yield event.result;
      }
      if (performance.now() - turned < TURN_MS) continue;
      await turn();
      turned = performance.now();
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    // Not awaited: a source that waits for an item that never comes would keep us.
    void source.return?.(undefined);
  }
}

async function* toAsync<T>(items: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T> {
  yield* items;
}
