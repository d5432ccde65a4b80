/**
 * Makes what is committed of the last measurements: `npm run bench:publish`. From the files in `bench/results/`
 * it writes `bench/baseline.json`, and from that the chart and the tables of `docs/performance.md`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { type Baseline, baselineOf } from './baseline.ts';
import { drawChart } from './chart.ts';
import type { PhotoClass } from './photos.ts';
import { fillTables } from './tables.ts';

const BENCH = new URL('./', import.meta.url);
const DOCS = new URL('../docs/', import.meta.url);
/** Where the committed figures, the chart and the tables are. */
const BASELINE = new URL('baseline.json', BENCH);
const CHART = new URL('pictures/speed.svg', DOCS);
const PAGE = new URL('performance.md', DOCS);

const names = ['speed', 'many', 'server', 'ratios'];
const [speed, many, server, ratios] = await Promise.all(names.map(readResults));
const before: Baseline = JSON.parse(await readFile(BASELINE, 'utf8'));
// Photos of people are in no repository, so not everybody has some.
const photos: readonly PhotoClass[] = await readResults('photos').catch(() => before.photos);
const baseline = baselineOf(speed, many, server, ratios, photos);
await writeFile(BASELINE, `${JSON.stringify(baseline, null, 2)}\n`);
await writeFile(CHART, drawChart(baseline));
await writeFile(PAGE, fillTables(await readFile(PAGE, 'utf8'), baseline));

async function readResults(name: string) {
  return JSON.parse(await readFile(new URL(`results/${name}.json`, BENCH), 'utf8'));
}
