import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { mapInOrder } from '../../src/cli/map-in-order.ts';

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

test('results come in the order of the items, however long each takes', async () => {
  const items = [30, 1, 20, 0, 10];
  const results = mapInOrder(items, { width: 3 }, async (ms) => {
    await delay(ms);
    return ms;
  });
  expect(await collect(results)).toEqual(items);
});

test.each([1, 2, 5])('at most %d are at work at once, and that many are', async (width) => {
  let busy = 0;
  let most = 0;
  const map = async () => {
    busy++;
    most = Math.max(most, busy);
    await delay(2);
    busy--;
  };
  await collect(mapInOrder(Array.from({ length: 20 }), { width }, map));
  expect(most).toBe(width);
});

test.each([
  { width: 2, lead: 6, begun: 6 },
  { width: 3, lead: 3, begun: 3 },
  { width: 2, lead: 100, begun: 10 },
])('while the first item takes long, $begun of 10 begin ($width hands, a lead of $lead)', async (limits) => {
  let finishFirst = () => {};
  const first = new Promise<void>((resolve) => {
    finishFirst = resolve;
  });
  const begun: number[] = [];
  let busy = 0;
  let most = 0;
  const numbers = Array.from({ length: 10 }, (_, i) => i);
  const all = collect(
    mapInOrder(numbers, limits, async (item) => {
      begun.push(item);
      most = Math.max(most, ++busy);
      await (item === 0 ? first : delay(1));
      busy--;
      return item;
    }),
  );
  await vi.waitFor(() => expect(begun).toHaveLength(limits.begun), 5_000);
  await delay(20);
  expect(begun).toEqual(numbers.slice(0, limits.begun));
  finishFirst();
  expect(await all).toEqual(numbers);
  expect(most).toBe(limits.width);
});

test('a result does not wait for the next item', async () => {
  async function* items() {
    yield 1;
    await new Promise(() => undefined);
  }
  const results = mapInOrder(items(), { width: 4 }, async (item) => item);
  expect(await results.next()).toEqual({ done: false, value: 1 });
  await results.return(undefined);
});

test('nothing of nothing', async () => {
  expect(await collect(mapInOrder([], { width: 2 }, async (item) => item))).toEqual([]);
});

test('an error ends it', async () => {
  const results = mapInOrder([1, 2, 3], { width: 2 }, async (item) => {
    if (item === 2) throw new Error('two');
    return item;
  });
  await expect(collect(results)).rejects.toThrow('two');
});

test('work that waits for nothing leaves signals and timers their turn', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 50);
  const many = Array.from({ length: 2_000_000 }, (_, i) => i);
  const begun = performance.now();
  let last = 0;
  for await (const item of mapInOrder(many, { width: 4, signal: controller.signal }, async (i) => i)) {
    last = item;
  }
  expect(last).toBeLessThan(many.length - 1);
  expect(performance.now() - begun).toBeLessThan(1_000);
});
