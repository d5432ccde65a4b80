/** What holds for each file of the tests that share processes (`TOGETHER` in vitest.config.ts), checked at its end. */
import { afterAll, expect } from 'vitest';
import { judgingHere } from './judging-here.ts';

// Those that come later are not to blame.
const before = judgingHere();

afterAll(() => {
  expect(
    judgingHere(),
    'This file has loaded what judges pictures into a process that others share: leave it out of TOGETHER in vitest.config.ts.',
  ).toEqual(before);
});
