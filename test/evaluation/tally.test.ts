import { describe, expect, test } from 'vitest';
import { parseManifest } from '../../src/evaluation/manifest.ts';
import { isMisjudged, type Judged, shareRight, tally } from '../../src/evaluation/tally.ts';

describe('the manifest', () => {
  test('is read by the names of its columns, in any order, others left alone', () => {
    const text =
      'group\tfile\tnote\texpected\treason\r\nfrontal\ta b.jpg\tx\tpass\t\r\nsmall\tb.png\ty\tfail\ttoo_small\n';
    expect(parseManifest(text)).toEqual([
      { file: 'a b.jpg', expected: 'pass', group: 'frontal', reason: '' },
      { file: 'b.png', expected: 'fail', group: 'small', reason: 'too_small' },
    ]);
  });
  test('needs no group and no reason', () => {
    expect(parseManifest('file\texpected\na.jpg\teither')).toEqual([
      { file: 'a.jpg', expected: 'either', group: 'all', reason: '' },
    ]);
  });
  test.each([
    ['file\tverdict\na.jpg\tpass', 'no column "expected"'],
    ['file\texpected\na.jpg\tpass\nb.jpg\tmaybe', 'Line 3'],
    ['file\texpected\n\tpass', 'Line 2'],
    ['', 'no column "file"'],
  ])('%j is refused with its place', (text, message) => {
    expect(() => parseManifest(text)).toThrow(
      expect.objectContaining({ code: 'manifest.invalid', message: expect.stringContaining(message) }),
    );
  });
});

describe('the tally', () => {
  const item = (expected: Judged['expected'], outcome: Judged['outcome'], token = ''): Judged => ({
    file: 'f',
    group: 'g',
    reason: '',
    expected,
    outcome,
    token,
  });
  test('counts by group, expectation and reason', () => {
    const rows = tally([
      item('fail', 'fail', 'face.none'),
      item('fail', 'pass'),
      item('fail', 'error', 'image.corrupt'),
      item('pass', 'pass'),
    ]);
    expect(rows).toEqual([
      {
        group: 'g',
        expected: 'fail',
        reason: '',
        total: 3,
        passed: 1,
        failed: 1,
        unread: 1,
        tokens: { 'face.none': 1, 'image.corrupt': 1 },
      },
      { group: 'g', expected: 'pass', reason: '', total: 1, passed: 1, failed: 0, unread: 0, tokens: {} },
    ]);
    expect(rows.map(shareRight)).toEqual([2 / 3, 1]);
  });
  test('an unreadable picture is right where it should fail, and wrong where it should pass', () => {
    expect(isMisjudged(item('fail', 'error'))).toBe(false);
    expect(isMisjudged(item('pass', 'error'))).toBe(true);
  });
  test('either is never wrong and has no share', () => {
    expect(isMisjudged(item('either', 'fail'))).toBe(false);
    expect(tally([item('either', 'fail')]).map(shareRight)).toEqual([null]);
  });
});
