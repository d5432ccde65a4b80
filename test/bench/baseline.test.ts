/** What is committed of the measurements: the chart and the page are what the figures give, and nothing else. */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Baseline } from '../../bench/baseline.ts';
import { drawChart } from '../../bench/chart.ts';
import { compare, HELD } from '../../bench/ratios.ts';
import { fillTables } from '../../bench/tables.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const baseline: Baseline = JSON.parse(read('bench/baseline.json'));

describe('made from bench/baseline.json (npm run bench:publish makes them anew)', () => {
  test('the chart', () => {
    expect(read('docs/pictures/speed.svg')).toBe(drawChart(baseline));
  });

  test('the tables of docs/performance.md', () => {
    const page = read('docs/performance.md');
    expect(page).toBe(fillTables(page, baseline));
  });
});

describe('the chart', () => {
  test('says the baseline’s numbers, also to those who cannot see it', () => {
    const [picture] = baseline.pictures.filter(
      ({ format, edge, scene }) => `${format}${edge}${scene}` === 'jpeg1280one',
    );
    const slower = { ...picture, ms: { ...picture.ms, inspect: 123 } };
    const chart = drawChart({ ...baseline, pictures: [slower, ...baseline.pictures] });
    expect(chart.match(/<desc[^>]*>.*liveportrait-detect 123 ms/)).not.toBeNull();
    expect(chart).toContain('>123 ms<');
  });

  test('is a picture, with bars as long as their times say', async () => {
    const svg = drawChart(baseline);
    const widths = [...svg.matchAll(/<rect class="(\w+)"[^>]* width="([\d.]+)"/g)].map(([, kind, width]) => ({
      kind,
      width: Number(width),
    }));
    const { ms } = baseline.pictures.find(
      ({ format, edge, scene }) => `${format}${edge}${scene}` === 'jpeg1280one',
    )!;
    const longest = Math.max(...Object.values(ms));
    const [decode, ours] = widths;
    const last = widths[Object.keys(ms).length - 1];
    expect([decode.kind, ours.kind, last.kind]).toEqual(['decode', 'ours', 'peer']);
    expect(ours.width / last.width).toBeCloseTo(ms.inspect / longest, 2);
    const { width, height, format } = await sharp(Buffer.from(svg)).metadata();
    expect({ width, format }).toEqual({ width: 760, format: 'svg' });
    expect(height).toBeGreaterThan(300);
  });

  test('escapes what a machine is called', () => {
    const machine = { ...baseline.machine, processor: 'A&B <1>' };
    expect(drawChart({ ...baseline, machine })).toContain('A&amp;B &lt;1>');
  });
});

describe('the ratios that bench:check holds', () => {
  test('are all in the baseline', () => {
    expect(Object.keys(baseline.ratios)).toHaveLength(HELD.length + 3);
  });

  test.each([
    { value: 1.29, isSlower: false },
    { value: 1.31, isSlower: true },
    { value: 0.5, isSlower: false },
  ])('$value times the baseline with room for 1.3: slower is $isSlower', ({ value, isSlower }) => {
    expect(compare([{ name: 'a', value }], { a: 1 }, 1.3)).toEqual([
      { name: 'a', value, baseline: 1, isSlower },
    ]);
  });

  test('one that the baseline does not have is left out', () => {
    expect(compare([{ name: 'new', value: 9 }], { a: 1 }, 1.3)).toEqual([]);
  });
});

test('a mark without a part is told, not left empty', () => {
  expect(() => fillTables('<!-- bench:nothing -->\n<!-- /bench -->', baseline)).toThrow('no part nothing');
});
