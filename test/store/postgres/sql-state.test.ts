import { describe, expect, it } from 'vitest';
import { isAway, isDiskFull } from '../../../src/store/postgres/sql-state.ts';

const errorOf = (code?: string) => Object.assign(new Error('failed'), code && { code });

describe('a database is away', () => {
  it.each([
    'EPIPE',
    'EBADF',
    'EPERM',
    'ECONNRESET',
    undefined,
    '57P01',
    '08006',
    '25006',
    'XX000',
    '28P01',
    '3D000',
  ])('after %s', (code) => {
    expect(isAway(errorOf(code))).toBe(true);
  });

  it.each(['23505', '42601', '22003', 'P0001'])('but not where the statement is wrong: %s', (code) => {
    expect(isAway(errorOf(code))).toBe(false);
  });

  it('but not after what is not an error', () => {
    expect(isAway('EPIPE')).toBe(false);
  });
});

it('knows a full disk', () => {
  expect([errorOf('53100'), errorOf('53200'), errorOf('ENOSPC')].map(isDiskFull)).toEqual([
    true,
    false,
    false,
  ]);
});
