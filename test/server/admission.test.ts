import { setMaxListeners } from 'node:events';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DetectError } from '../../src/errors.ts';
import { Admission, PATIENCE_MS, type Release, STANDING_MS } from '../../src/server/admission.ts';

const open = new AbortController().signal;
setMaxListeners(0, open);

/** Asks for a place and writes down what came of it. */
function ask(admission: Admission, key: string, log: string[], signal = open) {
  const asked: { release?: Release; reason?: string } = {};
  admission.acquire(key, signal).then(
    (release) => {
      log.push(key);
      asked.release = release;
    },
    (error) => {
      asked.reason = error instanceof DetectError ? error.code : String(error);
    },
  );
  return asked;
}
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('Admission', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('lets in as many as there are places, lets as many wait as there is queue, and refuses the rest at once', async () => {
    const admission = new Admission({ places: 2, queue: 1 });
    const log: string[] = [];
    const [first, , third, fourth] = ['a', 'a', 'a', 'a'].map((key) => ask(admission, key, log));
    await settle();
    expect([admission.active, admission.waiting]).toEqual([2, 1]);
    expect(fourth?.reason).toBe('overload.queue');
    first?.release?.();
    first?.release?.();
    await settle();
    expect(third?.release).toBeDefined();
    expect([admission.active, admission.waiting]).toEqual([2, 0]);
  });

  it('goes round among the keys that wait', async () => {
    const admission = new Admission({ places: 1, queue: 9 });
    const log: string[] = [];
    const asked = ['a', 'a', 'a', 'a', 'b', 'b', 'c'].map((key) => ask(admission, key, log));
    for (let turn = 0; turn < asked.length; turn++) {
      await settle();
      for (const one of asked) one.release?.();
    }
    await settle();
    expect(log.join('')).toBe('aabcaba');
  });

  it('makes room for another key in a full queue by refusing the newest of the flood', async () => {
    const admission = new Admission({ places: 1, queue: 3 });
    const log: string[] = [];
    const flood = ['a', 'a', 'a', 'a'].map((key) => ask(admission, key, log));
    const other = ask(admission, 'b', log);
    await settle();
    expect(flood.map((one) => one.reason)).toEqual([undefined, undefined, undefined, 'overload.queue']);
    const second = ask(admission, 'b', log);
    await settle();
    expect(second.reason).toBe('overload.queue');
    flood[0]?.release?.();
    flood[1]?.release?.();
    await settle();
    expect(other.reason).toBeUndefined();
  });

  it('keeps places free of a key that holds its share', async () => {
    const admission = new Admission({ places: 3, queue: 5, placesPerKey: 2 });
    const log: string[] = [];
    const flood = ['a', 'a', 'a'].map((key) => ask(admission, key, log));
    ask(admission, 'b', log);
    await settle();
    expect(log).toEqual(['a', 'a', 'b']);
    flood[0]?.release?.();
    await settle();
    expect(log).toEqual(['a', 'a', 'b', 'a']);
  });

  it('keeps places free for newcomers, however many keys hold on to theirs', async () => {
    const admission = new Admission({ places: 12, queue: 99, shareOfFree: 1 });
    const log: string[] = [];
    const held: Record<string, number> = {};
    for (const key of ['a', 'b', 'c', 'd']) {
      for (let count = 0; count < 12; count++) ask(admission, key, log);
      await settle();
      held[key] = log.filter((entry) => entry === key).length;
    }
    expect(held).toEqual({ a: 6, b: 3, c: 2, d: 1 });
  });

  it('frees the place in the queue of one that gives up', async () => {
    const admission = new Admission({ places: 1, queue: 1 });
    const log: string[] = [];
    const gone = new AbortController();
    const [, waiter] = [ask(admission, 'a', log), ask(admission, 'a', log, gone.signal)];
    gone.abort('gone');
    await settle();
    expect(waiter?.reason).toBe('gone');
    expect(admission.waiting).toBe(0);
    expect(ask(admission, 'a', log, gone.signal).reason).toBeUndefined();
    await settle();
    expect(admission.waiting).toBe(0);
  });

  it('lets a burst wait, but not those who join a queue that has been standing', async () => {
    const admission = new Admission({ places: 1, queue: 9 });
    const log: string[] = [];
    const burst = [ask(admission, 'a', log), ask(admission, 'a', log)];
    await vi.advanceTimersByTimeAsync(STANDING_MS + 1);
    expect(() => admission.check('a')).toThrow(DetectError);
    expect(() => admission.check('b')).not.toThrow();
    const late = ask(admission, 'a', log);
    await vi.advanceTimersByTimeAsync(PATIENCE_MS);
    expect(late.reason).toBe('overload.queue');
    expect(burst[1]?.reason).toBeUndefined();
    burst[0]?.release?.();
    await settle();
    expect(() => admission.check('a')).not.toThrow();
    ask(admission, 'a', log);
    await vi.advanceTimersByTimeAsync(STANDING_MS);
    expect(admission.waiting).toBe(1);
  });

  it('lets the first of another key wait in a standing queue', async () => {
    const admission = new Admission({ places: 1, queue: 9 });
    const log: string[] = [];
    const [first] = ['a', 'a', 'a'].map((key) => ask(admission, key, log));
    await vi.advanceTimersByTimeAsync(STANDING_MS + 1);
    const other = ask(admission, 'b', log);
    await vi.advanceTimersByTimeAsync(10 * PATIENCE_MS);
    expect(other.reason).toBeUndefined();
    first?.release?.();
    await settle();
    ask(admission, 'a', log);
    await vi.advanceTimersByTimeAsync(10 * PATIENCE_MS);
    expect(log).toEqual(['a', 'a']);
    expect(admission.waiting).toBe(2);
  });

  it('never exceeds its bounds and never loses a place, whatever comes', async () => {
    const step = fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      act: fc.constantFrom('ask', 'release', 'abort'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const admission = new Admission({ places: 2, queue: 3, placesPerKey: 2 });
        const asked: { key: string; asked: ReturnType<typeof ask>; gone: AbortController }[] = [];
        for (const { key, act } of steps) {
          const one = asked.find((candidate) => candidate.key === key);
          if (act === 'ask') {
            const gone = new AbortController();
            asked.push({ key, asked: ask(admission, key, [], gone.signal), gone });
          } else if (act === 'release') one?.asked.release?.();
          else one?.gone.abort('gone');
          await settle();
          expect(admission.active).toBeLessThanOrEqual(2);
          expect(admission.waiting).toBeLessThanOrEqual(3);
          expect(admission.waiting > 0 && admission.active < 2).toBe(false);
        }
        for (let turn = 0; turn <= steps.length; turn++) {
          for (const one of asked) one.asked.release?.();
          await settle();
        }
        expect([admission.active, admission.waiting]).toEqual([0, 0]);
      }),
      { numRuns: 60 },
    );
  });
});
