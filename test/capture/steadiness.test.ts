import { expect, test } from 'vitest';
import type { Instruction } from '../../src/capture/instruction.ts';
import { isGood, progress, type Steadiness, steady, UNSTEADY } from '../../src/capture/steadiness.ts';

/** Goes through frames, this many milliseconds apart. */
function run(apartMs: number, ...wanted: readonly Instruction[]): Steadiness[] {
  let now = UNSTEADY;
  return wanted.map((instruction, at) => {
    now = steady(now, instruction, at * apartMs);
    return now;
  });
}

test('an instruction is given when it has held for three frames and a quarter of a second', () => {
  const given = (apartMs: number) =>
    run(apartMs, 'turn', 'turn', 'turn', 'turn', 'turn', 'turn').map((now) => now.given);
  expect(given(500)).toEqual([null, null, 'turn', 'turn', 'turn', 'turn']);
  expect(given(60)).toEqual([null, null, null, null, null, 'turn']);
});

test('what comes and goes changes nothing', () => {
  const frames = run(
    200,
    'turn',
    'turn',
    'turn',
    'level',
    'level',
    'turn',
    'level',
    'turn',
    'noFace',
    'turn',
  );
  expect(new Set(frames.slice(2).map(({ given }) => given))).toEqual(new Set(['turn']));
});

test('all is good when it has been for seven tenths of a second, without a break', () => {
  const good = (...wanted: Instruction[]) => {
    const frames = run(100, ...wanted);
    return frames.map((now, at) => isGood(now, at * 100));
  };
  const ready = (count: number) => Array.from({ length: count }, () => 'ready' as const);
  expect(good(...ready(8)).indexOf(true)).toBe(7);
  expect(good(...ready(6), 'still', ...ready(7))).not.toContain(true);
  expect(good(...ready(6), 'still', ...ready(8)).indexOf(true)).toBe(14);
});

test('on a slow machine it takes three frames all the same', () => {
  const frames = run(900, 'ready', 'ready', 'ready');
  expect(frames.map((now, at) => isGood(now, at * 900))).toEqual([false, false, true]);
});

test('progress runs from nothing to all while the instruction is given', () => {
  const frames = run(100, ...Array.from({ length: 8 }, () => 'ready' as const));
  const shown = frames.map((now, at) => progress(now, at * 100));
  expect(shown).toEqual(shown.toSorted((a, b) => a - b));
  expect([shown[0], shown.at(-1)]).toEqual([0, 1]);
  expect(run(100, 'turn', 'turn', 'turn', 'turn').map((now) => progress(now, 300))).toEqual([0, 0, 0, 0]);
});
