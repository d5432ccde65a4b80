/**
 * Whether every core is kept busy, and how soon: `npm run build && npm run bench:many`.
 *
 * `--pictures 1000` is how many `check` gets; `--out file.json` keeps the numbers.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { mapInOrder } from '../src/cli/map-in-order.ts';
import { createInspector } from '../src/index.ts';
import { InspectPool } from '../src/workers/pool.ts';
import { makeFolder } from './folder.ts';
import { startService } from './http-service.ts';
import { warnIfBusy } from './machine.ts';
import { PROGRAM } from './service.ts';
import { ms, spread, table } from './statistics.ts';

/** What `--out` keeps. */
export interface ManyResults {
  readonly pictures: number;
  readonly cores: number;
  /** Processor time of all stages of all pictures, one after another on one thread, in milliseconds. */
  readonly stagesMs: number;
  /** The command `check` on all of them, from its start to its end, in milliseconds; the median of some runs. */
  readonly checkMs: number;
  /** The same on one picture per core: what it takes to begin. */
  readonly checkStartMs: number;
  /** The same on one picture, in turns with a Node that does nothing. */
  readonly checkOneMs: number;
  readonly nodeMs: number;
  /** Pictures a second of two workers over those of one. */
  readonly scaling: number;
  /** How many of the machine's cores are busy meanwhile, by anything, with one worker and with two. */
  readonly busyOne: number;
  readonly busyTwo: number;
  /** From the start of the service's process until it is ready, with one worker per core, in milliseconds. */
  readonly startMs: number;
}

const { values: options } = parseArgs({
  options: { pictures: { type: 'string', default: '1000' }, out: { type: 'string' } },
});
/** How often `check` runs, of which the median counts. */
const CHECKS = 3;
const SCALING_PICTURES = 150;
const SCALING_ROUNDS = 5;
const STARTS = 7;
const WARM_UP = 30;
/** Longest inspection in the pool, in milliseconds. */
const LIMIT_MS = 60_000;

warnIfBusy();
const cores = availableParallelism();
const folder = await makeFolder(Number(options.pictures));
const { files } = folder;
const { stagesMs, checkMs } = await compareCheck();
const scaled = await scale(files.slice(0, SCALING_PICTURES));
const checkStartMs = await median(STARTS, () => check(files.slice(0, cores)));
const { checkOneMs, nodeMs } = await compareStart(files[0]);
const startMs = await median(STARTS, timeStart);
await folder.remove();

const results: ManyResults = {
  pictures: files.length,
  cores,
  stagesMs,
  checkMs,
  checkStartMs,
  checkOneMs,
  nodeMs,
  ...scaled,
  startMs,
};
process.stdout.write(
  table(
    ['', '', 'target'],
    [
      [`sum of stages of ${files.length} pictures, ms`, ms(stagesMs), ''],
      [`check on them, ${cores} cores, ms`, ms(checkMs), ''],
      ['check ÷ (sum of stages ÷ cores)', (checkMs / (stagesMs / cores)).toFixed(2), '≤ 1.12'],
      [`check on ${cores} pictures, ms`, ms(checkStartMs), ''],
      ['check on one picture, ms', ms(checkOneMs), '≤ 350'],
      ['Node that does nothing, ms', ms(nodeMs), ''],
      ['two workers ÷ one', scaled.scaling.toFixed(2), '≥ 1.85'],
      ['cores busy, one worker', scaled.busyOne.toFixed(2), ''],
      ['cores busy, two workers', scaled.busyTwo.toFixed(2), ''],
      ['service, start to ready, ms', ms(startMs), '≤ 700'],
    ],
  ),
);
if (options.out) await writeFile(options.out, `${JSON.stringify(results, null, 2)}\n`);

/** Parts of the pictures and `check` on all of them take turns, since machines get slower and faster. */
async function compareCheck(): Promise<Pick<ManyResults, 'stagesMs' | 'checkMs'>> {
  const size = Math.ceil(files.length / (CHECKS + 1));
  const checks: number[] = [];
  let stagesMs = 0;
  for (let part = 0; part <= CHECKS; part++) {
    stagesMs += await sumStages(files.slice(part * size, (part + 1) * size));
    if (part < CHECKS) checks.push(await check([folder.path]));
  }
  return { stagesMs, checkMs: spread(checks).median };
}

async function sumStages(some: readonly string[]): Promise<number> {
  const inspector = await createInspector();
  for (const file of some.slice(0, WARM_UP)) await inspector.inspect(await readFile(file));
  let sum = 0;
  for (const file of some) {
    const bytes = await readFile(file);
    const start = process.cpuUsage();
    await inspector.inspect(bytes);
    const { user, system } = process.cpuUsage(start);
    sum += (user + system) / 1000;
  }
  await inspector.close();
  return sum;
}

async function compareStart(file: string): Promise<Pick<ManyResults, 'checkOneMs' | 'nodeMs'>> {
  const one: number[] = [];
  const bare: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    one.push(await check([file]));
    bare.push(await timeNode(['-e', '0']));
  }
  return { checkOneMs: spread(one).median, nodeMs: spread(bare).median };
}

function check(names: readonly string[]): Promise<number> {
  return timeNode([PROGRAM, 'check', '--json', ...names]);
}

/** The time of a process, from its start to its end, in milliseconds. */
async function timeNode(args: readonly string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child.stdout.resume();
  await once(child, 'close');
  return performance.now() - started;
}

/** Two workers and one take turns on the same files. */
async function scale(some: readonly string[]): Promise<Pick<ManyResults, 'scaling' | 'busyOne' | 'busyTwo'>> {
  const rates = new Map<number, number[]>([1, 2].map((workers) => [workers, []]));
  const busy = new Map<number, number[]>([1, 2].map((workers) => [workers, []]));
  const pools = new Map<number, InspectPool>();
  for (const workers of rates.keys())
    pools.set(workers, new InspectPool({ workers, policy: {}, limitMs: LIMIT_MS, cpuMs: LIMIT_MS }));
  const { signal } = new AbortController();
  for (let round = 0; round <= SCALING_ROUNDS; round++) {
    for (const [workers, pool] of pools) {
      const started = performance.now();
      const busyBefore = busyMs();
      const width = workers + 1;
      const rows = mapInOrder(some, { width, lead: some.length }, async (file) => {
        await pool.inspect(await readFile(file), { policy: {}, signal });
      });
      for await (const _row of rows);
      // The first round warms up.
      if (round === 0) continue;
      const wallMs = performance.now() - started;
      rates.get(workers)?.push(some.length / wallMs);
      busy.get(workers)?.push((busyMs() - busyBefore) / wallMs);
    }
  }
  for (const pool of pools.values()) await pool.close();
  const [one, two] = [...rates.values()].map((list) => spread(list).median);
  const [busyOne, busyTwo] = [...busy.values()].map((list) => spread(list).median);
  return { scaling: two / one, busyOne, busyTwo };
}

/** How long the machine's cores have been busy, all together, in milliseconds. */
function busyMs(): number {
  return cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);
}

async function timeStart(): Promise<number> {
  const service = await startService(cores);
  await service.stop();
  return service.startMs;
}

async function median(times: number, measure: () => Promise<number>): Promise<number> {
  const measured: number[] = [];
  for (let i = 0; i < times; i++) measured.push(await measure());
  return spread(measured).median;
}
