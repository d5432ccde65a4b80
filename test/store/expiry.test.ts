import { expect, it } from 'vitest';
import { expiryOf, isOver, MOST_DAYS } from '../../src/store/expiry.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');

it.each([
  ['90d', '2027-02-27T12:00:00.000Z'],
  ['12h', '2026-11-30T00:00:00.000Z'],
  ['2027-01-31', '2027-01-31T00:00:00.000Z'],
  ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ['2027-01-31T18:00Z', '2027-01-31T18:00:00.000Z'],
  ['2027-01-31T02:00:00.5+08:00', '2027-01-30T18:00:00.500Z'],
  [`${MOST_DAYS}d`, '2036-12-06T12:00:00.000Z'],
])('%s ends at %s', (text, end) => expect(expiryOf(text, NOW)).toBe(end));

it.each([
  '',
  '0d',
  '-1d',
  '1.5d',
  '90',
  '90 d',
  '3m',
  `${MOST_DAYS + 1}d`,
  '999999d',
  '2026-11-29',
  '2027-02-31',
  '2027-13-01',
  '2027-01-31T18:00',
  'tomorrow',
  '01/31/2027',
])('%j is refused, with what is allowed', (text) => {
  expect(() => expiryOf(text, NOW)).toThrow(
    expect.objectContaining({ code: 'key.input', message: expect.stringContaining('90d') }),
  );
});

it('a key is over from its end on, and one without never', () => {
  const expiresAt = new Date(NOW).toISOString();
  expect([isOver({ expiresAt }, NOW - 1), isOver({ expiresAt }, NOW)]).toEqual([false, true]);
  expect(isOver({ expiresAt: null }, Number.MAX_SAFE_INTEGER)).toBe(false);
});
