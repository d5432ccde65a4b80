import { expect, test } from 'vitest';
import type { Judged } from '../../src/evaluation/tally.ts';
import { tally, trueReasons } from '../../src/evaluation/tally.ts';

const item = (
  reason: string,
  token: string,
  kind: string,
  expected: Judged['expected'] = 'fail',
): Judged => ({
  file: 'f',
  group: 'g',
  reason,
  source: '',
  columns: { group: 'g', kind },
  expected,
  outcome: token === '' ? 'pass' : 'fail',
  token,
  cover: null,
  values: {},
});

test('pictures are counted by the columns that are named', () => {
  const rows = tally([item('', '', 'hand'), item('', '', 'mask'), item('', '', '')], ['group', 'kind']);
  expect(rows.map(({ group, total }) => [group, total])).toEqual([
    ['g', 1],
    ['g, hand', 1],
    ['g, mask', 1],
  ]);
});

test('reasons count where the label gives one that is known, and the picture was rightly refused', () => {
  const rows = tally([
    item('profile', 'face.profile', ''),
    item('face.cut_off', 'face.cut_off', ''),
    item('profile', 'face.obstructed', ''),
    item('profile', '', ''),
    item('somehow', 'face.none', ''),
    item('profile', 'face.profile', '', 'either'),
  ]);
  expect(trueReasons(rows)).toEqual({ total: 3, right: 2 });
});
