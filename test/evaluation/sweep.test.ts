import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../src/core/checks/policy.ts';
import { wilson } from '../../src/evaluation/interval.ts';
import { evaluationReport } from '../../src/evaluation/report.ts';
import { curves, sweep } from '../../src/evaluation/sweep.ts';
import { type Judged, tally } from '../../src/evaluation/tally.ts';

const item = (expected: Judged['expected'], yaw: number | null, file = 'f'): Judged => ({
  file,
  group: 'g',
  reason: '',
  source: '',
  columns: {},
  expected,
  outcome: 'pass',
  token: '',
  cover: null,
  values: { yaw },
});

/** Usable heads are turned 0 to 99 tenths of a degree, the others 50 to 69 degrees; one was not measured. */
const judged = [
  ...Array.from({ length: 100 }, (_, i) => item('pass', i / 10)),
  ...Array.from({ length: 20 }, (_, i) => item('fail', 50 + i)),
  item('fail', null),
  item('either', 45),
];

describe('the curve of a check', () => {
  const yaw = curves(judged, DEFAULT_POLICY).find(({ id }) => id === 'yaw')!;
  test('says what the limit in force does', () => {
    expect(yaw.now).toEqual({ limit: 50, falseAlarms: 0, caught: 19 / 21 });
  });
  test('goes from the most lenient limit to the strictest', () => {
    const limits = yaw.points.map(({ limit }) => limit);
    expect(limits).toEqual([...limits].sort((a, b) => b - a));
    expect(yaw.points[0]).toMatchObject({ falseAlarms: 0, caught: 0 });
    expect(yaw.points.at(-1)?.falseAlarms).toBeCloseTo(0.99, 9);
  });
});

describe('the sweep', () => {
  const propose = (rate: number) =>
    sweep(curves(judged, DEFAULT_POLICY), rate).find(({ id }) => id === 'yaw')!;
  test('proposes the strictest limit within the wanted false alarms', () => {
    expect(propose(0)).toMatchObject({ name: 'maxYaw', limit: 9.9, falseAlarms: 0, caught: 20 / 21 });
    expect(propose(0.05)).toMatchObject({ limit: 9.4, falseAlarms: 0.05 });
  });
  test('proposes nothing for what was never measured', () => {
    expect(sweep(curves(judged, DEFAULT_POLICY), 0.01).map(({ id }) => id)).toEqual(['yaw']);
  });
});

test.each([
  [0, 10, 0, 0.278],
  [10, 10, 0.722, 1],
  [95, 100, 0.888, 0.978],
])('the interval of %d in %d', (hits, total, low, high) => {
  expect(wilson(hits, total).low).toBeCloseTo(low, 3);
  expect(wilson(hits, total).high).toBeCloseTo(high, 3);
});

test.each([
  ['en', 'maxYaw 50 degrees catches 90.5%', 'Evaluation of labels.tsv'],
  ['zh-CN', 'maxYaw 50 度：检出 90.5%', 'labels.tsv 的评测'],
] as const)('the report in %s loads nothing, and shows names as text', (language, caption, title) => {
  const wrong = { ...item('fail', 3, '<img src=x onerror=alert(1)>.jpg'), thumbnail: null, checks: [] };
  const html = evaluationReport({
    manifest: 'labels.tsv',
    language,
    judged,
    table: tally(judged),
    curves: curves(judged, DEFAULT_POLICY),
    misjudged: [wrong],
  });
  expect(html).toContain('&lt;img src=x');
  expect(html).not.toMatch(/<img src=x|<script|https?:/);
  expect(html).toContain("default-src 'none'");
  expect(html).toContain(`<html lang="${language}">`);
  expect(html).toContain(caption);
  expect(html).toContain(`<h1>${title}</h1>`);
});
