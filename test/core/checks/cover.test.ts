import { expect, test } from 'vitest';
import { coverOn } from '../../../src/core/checks/regions.ts';

test('a part of a cover keeps its class, and is null where none of it is', () => {
  const cover = { class: 'hair', regions: ['leftEye', 'mouth'] } as const;
  expect(coverOn(cover, ['leftEye', 'rightEye'])).toEqual({ class: 'hair', regions: ['leftEye'] });
  expect(coverOn(cover, ['nose'])).toBeNull();
  expect(coverOn(null, ['nose'])).toBeNull();
});
