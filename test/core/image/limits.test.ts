import { describe, expect, it } from 'vitest';
import { checkBytes, checkDimensions } from '../../../src/core/image/limits.ts';
import type { ErrorCode } from '../../../src/errors.ts';

/** The error's code and message, or "fine". */
function outcome(check: () => void): [ErrorCode, string] | 'fine' {
  try {
    check();
    return 'fine';
  } catch (error) {
    const { code, message } = error as { code: ErrorCode; message: string };
    return [code, message];
  }
}

describe('checkBytes', () => {
  it.each([0, 1, 10_485_759])('allows %i bytes', (length) => {
    expect(outcome(() => checkBytes(length))).toBe('fine');
  });

  it.each([10_485_760, 10_485_761])('refuses %i bytes', (length) => {
    expect(outcome(() => checkBytes(length))).toEqual([
      'image.bytes',
      `The file has ${length} bytes; it must have fewer than 10485760.`,
    ]);
  });
});

describe('checkDimensions', () => {
  it.each([
    [1, 1],
    [1, 2],
    [4096, 4096],
    [4096, 2048],
    [2048, 4096],
    [4095, 2048],
    [640, 320],
  ])('allows %i x %i', (width, height) => {
    expect(outcome(() => checkDimensions({ width, height }))).toBe('fine');
  });

  it.each<[number, number, ErrorCode, string]>([
    [4097, 4096, 'image.edge', 'The picture is 4097 x 4096 pixels; its longest edge may have 4096.'],
    [2049, 4097, 'image.edge', 'The picture is 2049 x 4097 pixels; its longest edge may have 4096.'],
    [5000, 1, 'image.edge', 'The picture is 5000 x 1 pixels; its longest edge may have 4096.'],
    [4096, 2047, 'image.aspect', 'its long edge is 2.01 times the short one; at most 2 times is allowed.'],
    [2047, 4096, 'image.aspect', 'its long edge is 2.01 times the short one; at most 2 times is allowed.'],
    [3, 1, 'image.aspect', 'its long edge is 3 times the short one; at most 2 times is allowed.'],
    [641, 320, 'image.aspect', 'its long edge is 2.01 times the short one; at most 2 times is allowed.'],
  ])('refuses %i x %i as %s', (width, height, code, message) => {
    const [foundCode, foundMessage] = outcome(() => checkDimensions({ width, height }));
    expect(foundCode).toBe(code);
    expect(foundMessage).toContain(message);
  });
});
