/** The queue and its pace, on a clock that the test turns. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FULL_SPEED, faster, slower } from '../../web/src/session/pace.ts';
import { createQueue, type Outcome } from '../../web/src/session/queue.ts';

describe('the pace', () => {
  test('rests longer and starts less often with each refusal, up to a bound', () => {
    expect(slower(FULL_SPEED, false)).toEqual({ gap: 50, rest: 400 });
    let pace = slower(FULL_SPEED, true);
    expect(pace).toEqual({ gap: 200, rest: 400 });
    for (let refusal = 0; refusal < 100; refusal++) {
      const next = slower(pace, true);
      expect(next.gap).toBeGreaterThanOrEqual(pace.gap);
      expect(next.rest).toBeGreaterThanOrEqual(pace.rest);
      pace = next;
    }
    expect(pace).toEqual({ gap: 4_000, rest: 8_000 });
    expect(faster(pace)).toEqual({ gap: 3_920, rest: 0 });
  });
});

describe('the queue', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  /** A queue whose work takes 50 ms and comes to what `outcome` says. */
  function observed(places: number, outcome: (piece: number, attempt: number) => Outcome) {
    const starts: { piece: number; at: number }[] = [];
    const begun = Date.now();
    let busy = 0;
    let most = 0;
    const queue = createQueue<number>(places, async (piece, signal) => {
      starts.push({ piece, at: Date.now() - begun });
      most = Math.max(most, ++busy);
      await new Promise((resolve) => setTimeout(resolve, 50));
      busy--;
      signal.throwIfAborted();
      return outcome(piece, starts.filter((start) => start.piece === piece).length);
    });
    return { queue, starts, most: () => most };
  }

  test('does all pieces in order, and never more at a time than there are places', async () => {
    const { queue, starts, most } = observed(3, () => 'done');
    queue.add([1, 2, 3, 4]);
    queue.add([5, 6, 7]);
    await vi.runAllTimersAsync();
    expect(starts.map(({ piece }) => piece)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most()).toBe(3);
  });

  test('rests after a refusal, does the piece again, and keeps its distance from then on', async () => {
    const { queue, starts } = observed(2, (piece, attempt) =>
      piece === 2 && attempt === 1 ? 'over-rate' : 'done',
    );
    queue.add([1, 2, 3, 4, 5]);
    await vi.runAllTimersAsync();
    expect(starts.map(({ piece }) => piece)).toEqual([1, 2, 3, 2, 4, 5]);
    const [, , , again, next, last] = starts.map(({ at }) => at);
    expect(again).toBeGreaterThanOrEqual(50 + 400);
    expect(next! - again!).toBeGreaterThanOrEqual(180);
    expect(last! - next!).toBeGreaterThanOrEqual(180);
  });

  test('holds everything until it may go on, and forgets nothing', async () => {
    let open = false;
    const { queue, starts } = observed(2, () => (open ? 'done' : 'hold'));
    queue.add([1, 2, 3]);
    await vi.runAllTimersAsync();
    expect(starts).toHaveLength(2);
    open = true;
    queue.resume();
    await vi.runAllTimersAsync();
    expect(new Set(starts.slice(2).map(({ piece }) => piece))).toEqual(new Set([1, 2, 3]));
  });

  test('forgets what waits and what is under way when it is cleared', async () => {
    const { queue, starts } = observed(1, () => 'busy');
    queue.add([1, 2]);
    await vi.advanceTimersByTimeAsync(10);
    queue.clear();
    queue.add([3]);
    await vi.advanceTimersByTimeAsync(60);
    expect(starts.map(({ piece }) => piece)).toEqual([1, 3]);
    queue.clear();
    await vi.runAllTimersAsync();
    expect(starts).toHaveLength(2);
  });
});
