/** V8's settings in a worker. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { makePicture } from '../../bench/pictures.ts';
import { EXEC_ARGV } from '../programs/exec-argv.ts';
import { startPool } from '../server/build.ts';

const PICTURES = 100;

/** Writes a byte to a file for each search of the whole heap; sets what is said in place of our own setting, once that is set. */
const probe = (file: string, setting: string) => `
import { appendFileSync } from 'node:fs';
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
new PerformanceObserver((list) => {
  for (const { detail } of list.getEntries())
    if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) appendFileSync(${JSON.stringify(file)}, '.');
}).observe({ entryTypes: ['gc'] });
if (${JSON.stringify(setting)}) setImmediate(() => setFlagsFromString(${JSON.stringify(setting)}));
`;

async function countSearches(bytes: Uint8Array, setting = ''): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'lpd-heap-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [file, module] = [join(folder, 'searches'), join(folder, 'probe.mjs')];
  await writeFile(file, '');
  await writeFile(module, probe(file, setting));
  const execArgv = [...EXEC_ARGV, '--import', pathToFileURL(module).href];
  const pool = await startPool(onTestFinished, { execArgv, limitMs: 60_000, cpuMs: 60_000 });
  const before = (await readFile(file)).length;
  const { signal } = new AbortController();
  for (let i = 0; i < PICTURES; i++) await pool.inspect(bytes, { policy: {}, signal });
  return (await readFile(file)).length - before;
}

test('the heap is searched for garbage at most half as often as V8 would of its own, for all the pixels beside it', async () => {
  const { bytes } = await makePicture({ scene: 'one', format: 'jpeg', edge: 1280 });
  const [own, usual] = [await countSearches(bytes), await countSearches(bytes, '--heap-growing-percent=0')];
  expect(usual).toBeGreaterThan(PICTURES / 20);
  expect(own / usual).toBeLessThan(1 / 2);
}, 180_000);
