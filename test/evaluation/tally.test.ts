import { describe, expect, test } from 'vitest';
import type { CoverClass } from '../../src/core/inspection.ts';
import { holdAgainst, parseFloors } from '../../src/evaluation/floor.ts';
import { parseManifest } from '../../src/evaluation/manifest.ts';
import { isMisjudged, type Judged, shareRight, tally } from '../../src/evaluation/tally.ts';

describe('the manifest', () => {
  test('is read by the names of its columns, in any order, others left alone', () => {
    const text =
      'group\tfile\tnote\texpected\treason\r\nfrontal\ta b.jpg\tx\tpass\t\r\nsmall\tb.png\ty\tfail\ttoo_small\n';
    expect(parseManifest(text)).toEqual([
      expect.objectContaining({
        file: 'a b.jpg',
        expected: 'pass',
        group: 'frontal',
        reason: '',
        source: '',
      }),
      expect.objectContaining({ file: 'b.png', group: 'small', reason: 'too_small', source: '' }),
    ]);
  });
  test('needs no group and no reason', () => {
    expect(parseManifest('file\texpected\na.jpg\teither')).toEqual([
      {
        file: 'a.jpg',
        expected: 'either',
        group: 'all',
        reason: '',
        source: '',
        columns: { file: 'a.jpg', expected: 'either' },
      },
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
    source: '',
    columns: {},
    expected,
    outcome,
    token,
    cover: null,
    values: {},
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
        explained: 0,
        trulyExplained: 0,
        tokens: { 'face.none': 1, 'image.corrupt': 1 },
        covers: {},
      },
      expect.objectContaining({ group: 'g', expected: 'pass', total: 1, passed: 1, failed: 0, tokens: {} }),
    ]);
    expect(rows.map(shareRight)).toEqual([2 / 3, 1]);
  });
  test('counts what was named of covered faces, and of no others', () => {
    const told = (token: string, name: CoverClass | null): Judged => ({
      ...item('fail', 'fail', token),
      cover: name && { class: name, regions: ['mouth'] },
    });
    const [row] = tally([
      told('face.obstructed', 'hand'),
      told('face.obstructed', 'hand'),
      told('face.obstructed', 'cloth'),
      told('face.obstructed', null),
      told('face.profile', 'hair'),
    ]);
    expect(row!.covers).toEqual({ hand: 2, cloth: 1 });
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

describe('a floor', () => {
  const judged = [
    { expected: 'fail', outcome: 'fail', token: 'face.profile', group: 'pose' },
    { expected: 'fail', outcome: 'fail', token: 'face.none', group: 'pose' },
    { expected: 'pass', outcome: 'pass', token: '', group: 'frontal' },
  ].map((item) => ({ file: 'f', reason: '', source: '', values: {}, ...item }) as Judged);
  const hold = (floor: object) => {
    const [parsed] = parseFloors(JSON.stringify([{ name: 'n', ...floor }]));
    return holdAgainst(parsed, judged);
  };
  test('is held at its share and not above it', () => {
    const pose = { where: { group: ['pose'] }, token: ['face.profile'] };
    expect(hold({ ...pose, share: 0.5 })).toEqual({ total: 2, share: 0.5, isHeld: true });
    expect(hold({ ...pose, share: 0.51 }).isHeld).toBe(false);
  });
  test('counts outcomes and tokens that must not be', () => {
    expect(hold({ where: {}, outcome: ['pass'], share: 0 }).share).toBeCloseTo(1 / 3);
    expect(hold({ where: { expected: ['fail'] }, notToken: ['face.none'], share: 0 }).share).toBe(0.5);
  });
  test('that no picture fits is not held', () => {
    expect(hold({ where: { group: ['nowhere'] }, share: 0 })).toEqual({ total: 0, share: 0, isHeld: false });
  });
  test.each([
    '{}',
    '[{"name":"n","where":{},"share":2}]',
    '[{"name":"n","where":{"grp":[]},"share":1}]',
    'x',
  ])('%s is refused', (text) => {
    expect(() => parseFloors(text)).toThrow(expect.objectContaining({ code: 'manifest.invalid' }));
  });
});
