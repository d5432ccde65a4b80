/**
 * What a verdict costs beside reading the picture, and beside what people would otherwise use: `npm run bench`. All
 * contestants get the same bytes and take turns on one core, each with one thread in a process of its own.
 *
 * `--yunet file.onnx` takes a real YuNet in place of its graph with made-up weights, `--quick` takes few rounds on few
 * pictures, `--rounds n` so many, `--out file.json` keeps the numbers.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { MAX_BYTES } from '../src/core/image/limits.ts';
import type { ImageFormat } from '../src/core/inspection.ts';
import { DECODE, OURS, presentNames, STAGES } from './contestants.ts';
import { describeMachine, type Machine, thisMachine, warnIfBusy } from './machine.ts';
import { makePicture, nameOf, type PictureSpec } from './pictures.ts';
import { Race, type RaceResult, type Upkeep } from './race.ts';
import { ms, table } from './statistics.ts';

/** What `--out` keeps. */
export interface SpeedResults {
  readonly machine: Machine;
  readonly results: readonly RaceResult[];
  readonly upkeep: Readonly<Record<string, Upkeep>>;
}

const { values: options } = parseArgs({
  options: {
    yunet: { type: 'string' },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    out: { type: 'string' },
  },
});

const ROUNDS = Number(options.rounds ?? (options.quick ? 6 : 31));
const FORMATS: readonly ImageFormat[] = ['jpeg', 'png', 'webp', 'bmp'];
const EDGES = options.quick ? [1280] : [512, 1280, 2048, 4096];

const specs: PictureSpec[] = EDGES.flatMap((edge) =>
  FORMATS.map((format): PictureSpec => ({ scene: 'one', format, edge })),
);
specs.push(
  ...(['ten', 'none', 'small', 'bust'] as const).map(
    (scene): PictureSpec => ({ scene, format: 'jpeg', edge: 1280 }),
  ),
  { scene: 'one', format: 'jpeg', edge: 1280, form: 'progressive' },
  { scene: 'one', format: 'jpeg', edge: 1280, form: 'turned' },
  { scene: 'one', format: 'png', edge: 1280, form: '16 bits' },
  // 24 megapixels, as phones have them: its header says that it is too large.
  { scene: 'one', format: 'jpeg', edge: 4900 },
);

warnIfBusy();
const names = presentNames(options.yunet);
const race = await Race.open(names, options.yunet);
const results: RaceResult[] = [];
for (const spec of specs) {
  const { bytes } = await makePicture(spec);
  if (bytes.length < MAX_BYTES) results.push(await race.run(spec, bytes, ROUNDS));
  else process.stderr.write(`${nameOf(spec)}: ${bytes.length} bytes, more than are read; left out.\n`);
}
const upkeep = await race.close();
const machine = thisMachine();
print();
if (options.out) {
  const kept: SpeedResults = { machine, results, upkeep };
  await writeFile(options.out, `${JSON.stringify(kept, null, 2)}\n`);
}

function print(): void {
  section(
    `${describeMachine(machine)}\n\nMilliseconds: median (5 % – 95 %); bytes a pixel.`,
    ['B/px', ...names],
    (r) => [(r.bytes / r.edge ** 2).toFixed(2), ...names.map((name) => shown(r, name))],
  );
  section('Processor time, medians, in milliseconds.', names, (r) => names.map((name) => cpu(r, name, ms)));
  section(`Processor time over that of \`${DECODE}\`, medians.`, names, (r) => ratios(r, DECODE));
  section('Processor time over that of `inspect`, medians.', names, (r) => ratios(r, OURS));
  section('Stages of `inspect`: processor time, medians, and their sum.', [...STAGES, 'sum'], (r) => {
    const times = STAGES.map((stage) => r.contestants[OURS].stages[stage] ?? 0);
    return [...times, times.reduce((sum, time) => sum + time, 0)].map(ms);
  });
  const rows = Object.entries(upkeep).map(([name, { loadMs, firstMs, peakMb }]) => [
    name,
    ...[loadMs, firstMs, peakMb].map(ms),
  ]);
  const head = ['', 'packages and models loaded, ms', 'first picture, ms', 'most memory, MB'];
  process.stdout.write(`The process of each.\n\n${table(head, rows)}`);
}

function section(title: string, head: readonly string[], cells: (result: RaceResult) => string[]): void {
  const rows = results.map((result) => [nameOf(result), ...cells(result)]);
  process.stdout.write(`${title}\n\n${table(['picture', ...head], rows)}\n`);
}

function shown(result: RaceResult, name: string): string {
  const wall = result.contestants[name]?.wall;
  return wall ? `${ms(wall.median)} (${ms(wall.low)}–${ms(wall.high)})` : '–';
}

function cpu(result: RaceResult, name: string, show: (value: number) => string): string {
  const time = result.contestants[name]?.cpu;
  return time ? show(time.median) : '–';
}

function ratios(result: RaceResult, over: string): string[] {
  const base = result.contestants[over]?.cpu.median;
  return names.map((name) => (base ? cpu(result, name, (value) => (value / base).toFixed(2)) : '–'));
}
