import { describe, expect, test } from 'vitest';
import { MAX_BYTES } from '../../src/core/image/limits.ts';
import { wordsIn } from '../../src/core/words/catalogue.ts';
import { planRepair, scaleUnder, stepsTaken } from '../../src/repair/plan.ts';
import type { SourceInfo } from '../../src/repair/source.ts';

const { repair: words } = wordsIn('en');

const SOURCE: SourceInfo = {
  format: 'jpeg',
  bytes: 1000,
  width: 800,
  height: 600,
  orientation: 1,
  turns: 0,
  uprightWidth: 800,
  uprightHeight: 600,
};
const WHOLE = { x: 0, y: 0, width: 800, height: 600 };
const plan = (source: Partial<SourceInfo>, frame = WHOLE) =>
  planRepair({ ...SOURCE, ...source }, frame, 'small', words);
const actions = (source: Partial<SourceInfo>, frame = WHOLE) =>
  plan(source, frame).steps.map(({ action }) => action);

describe('what has to be done', () => {
  test('is nothing where nothing is wrong', () => {
    expect(plan({})).toEqual({ steps: [], frame: WHOLE, size: { width: 800, height: 600 }, format: 'jpeg' });
  });

  test.each<[string, Partial<SourceInfo>, string[]]>([
    ['a format that is not accepted', { format: 'tiff' }, ['convert']],
    ['an orientation', { orientation: 6 }, ['orient']],
    ['a face that is not upright', { orientation: 6, turns: 1 }, ['turn']],
    ['bytes at the limit', { bytes: MAX_BYTES }, ['compress']],
    ['bytes just below it', { bytes: MAX_BYTES - 1 }, []],
    ['all of these', { format: 'avif', orientation: 3, bytes: MAX_BYTES }, ['convert', 'orient', 'compress']],
  ])('%s', (_, source, expected) => {
    expect(actions(source)).toEqual(expected);
  });

  test('a part is cropped, for the reason given', () => {
    const { steps, size } = plan({}, { x: 10, y: 20, width: 300, height: 200 });
    expect(steps).toEqual([
      { action: 'crop', detail: 'Cropped from 800 x 600 px to 300 x 200 px: the face was too small in it.' },
    ]);
    expect(size).toEqual({ width: 300, height: 200 });
  });

  test('a part of a strip is cropped because it is one', () => {
    const strip = { width: 3000, height: 600, uprightWidth: 3000, uprightHeight: 600 };
    expect(plan(strip).steps[0].detail).toContain('more than twice its short side');
  });

  test.each([
    [4096, 3000, []],
    [4097, 3000, ['scale']],
    [3000, 9000, ['scale']],
  ])('a frame of %d x %d', (width, height, expected) => {
    const source = { width, height, uprightWidth: width, uprightHeight: height };
    expect(actions(source, { x: 0, y: 0, width, height })).toEqual(expected);
  });
});

test.each([
  ['png', 'png'],
  ['bmp', 'png'],
  ['gif', 'png'],
  ['webp', 'jpeg'],
  ['tiff', 'jpeg'],
  ['avif', 'jpeg'],
] as const)('%s is written as %s', (format, written) => {
  expect(plan({ format }).format).toBe(written);
});

test('a PNG that is too large becomes a JPEG', () => {
  expect(plan({ format: 'png', bytes: MAX_BYTES }).format).toBe('jpeg');
});

test('scaling never makes a picture longer, and leaves what fits', () => {
  expect(scaleUnder(4096, { width: 8192, height: 4095 })).toEqual({ width: 4096, height: 2048 });
  expect(scaleUnder(1280, { width: 1281, height: 641 })).toEqual({ width: 1280, height: 641 });
  expect(scaleUnder(4096, { width: 4096, height: 1 })).toEqual({ width: 4096, height: 1 });
  expect(scaleUnder(100, { width: 10_000, height: 1 })).toEqual({ width: 100, height: 1 });
});

describe('what was done in the end', () => {
  const planned = plan({ format: 'png', orientation: 6 });

  test('is what was planned', () => {
    expect(stepsTaken(planned, { format: 'png', size: planned.size, quality: null }, words)).toEqual(
      planned.steps,
    );
  });

  test('is said where it took more', () => {
    const taken = stepsTaken(planned, { format: 'jpeg', size: planned.size, quality: 90 }, words);
    expect(taken.map(({ action }) => action)).toEqual(['orient', 'compress']);
    expect(taken[1].detail).toContain('quality 90');
  });
});
