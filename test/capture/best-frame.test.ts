import { expect, test } from 'vitest';
import { BestFrame } from '../../src/capture/best-frame.ts';
import { type Changes, frame } from './frame.ts';

/** Frames whose bitmaps count how many of them are open. */
function bench() {
  const best = new BestFrame();
  let open = 0;
  const add = (at: number, changes: Changes | null, isReady = true) => {
    open++;
    const bitmap = { close: () => open-- } as unknown as ImageBitmap;
    best.add({ bitmap, inspection: frame(changes), at, isReady });
  };
  return { best, add, open: () => open };
}

const turned = (yaw: number) => ({ pose: { yaw, pitch: 0, roll: 0 } });

test('the best frame of the last second is taken: sharp, frontal, eyes open', () => {
  for (const worse of [turned(18), { sharpness: 0.4 }, { eyeOpening: 0.05 }]) {
    const { best, add } = bench();
    [worse, {}, worse, worse].forEach((changes, at) => {
      add(at * 100, changes);
    });
    expect(best.take()?.at).toBe(100);
  }
});

test('a better frame that is older than a second is not', () => {
  const { best, add } = bench();
  add(0, {});
  add(900, turned(10));
  add(1_100, turned(15));
  expect(best.take()?.at).toBe(900);
});

test('a frame that asks for something is behind all that ask for nothing', () => {
  const { best, add } = bench();
  add(0, {}, false);
  add(100, turned(18), true);
  expect(best.take()?.at).toBe(100);
  add(200, null, false);
  expect(best.take()?.at).toBe(200);
  expect(best.take()).toBeNull();
});

test('every bitmap but the one that is handed over is closed, and few are kept', () => {
  const { best, add, open } = bench();
  for (let at = 0; at < 1_000; at++) add(at * 10, turned(at % 20));
  expect(open()).toBeLessThanOrEqual(12);
  const taken = best.take();
  expect(open()).toBe(1);
  taken?.bitmap.close();
  add(20_000, {});
  best.clear();
  expect(open()).toBe(0);
});
