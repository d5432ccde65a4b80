/**
 * Maps with at most `width` at work at once. Results come in the order of the items, each as soon as it is there
 * and those before it are, even while the next item is still to come.
 */
export async function* mapInOrder<T, R>(
  items: AsyncIterable<T> | Iterable<T>,
  width: number,
  map: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const source = toAsync(items);
  const waiting: Promise<R>[] = [];
  let next: Promise<IteratorResult<T>> | undefined;
  let isAtEnd = false;
  try {
    while (!isAtEnd || waiting.length > 0) {
      if (!isAtEnd && waiting.length < width) next ??= source.next();
      const first = waiting.at(0);
      // An item first where both are there, so that all hands stay busy.
      const event = await Promise.race([
        ...(next ? [next.then((item) => ({ item }))] : []),
        ...(first ? [first.then((result) => ({ result }))] : []),
      ]);
      if ('item' in event) {
        next = undefined;
        isAtEnd = event.item.done === true;
        if (!event.item.done) waiting.push(map(event.item.value));
      } else {
        waiting.shift();
        yield event.result;
      }
    }
  } finally {
    // Not awaited: a source that waits for an item that never comes would keep us.
    void source.return?.(undefined);
  }
}

async function* toAsync<T>(items: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T> {
  yield* items;
}
