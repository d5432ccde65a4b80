/**
 * What a verdict costs beside reading the picture, and beside what people would otherwise use: `npm run bench`. All
 * contestants get the same bytes and take turns in one process, each on one thread; pin it to one core with
 * `taskset -c 0 npm run bench`.
 *
 * `--yunet file.onnx` adds YuNet, `--quick` takes few rounds, `--out file.json` keeps the numbers.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { ImageFormat, Stage } from '../src/index.ts';
import { MAX_BYTES } from '../src/index.ts';
import { type Contestant, openDecode, openOurs, openPeers } from './contestants.ts';
import { type BenchPicture, makePicture, type Scene } from './pictures.ts';
import { ms, type Spread, spread, table } from './statistics.ts';

const { values: options } = parseArgs({
  options: {
    yunet: { type: 'string' },
    quick: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});

const ROUNDS = options.quick ? 6 : 31;
const FORMATS: readonly ImageFormat[] = ['jpeg', 'png', 'webp', 'bmp'];
const EDGES = options.quick ? [1280] : [512, 1280, 2048, 4096];
const STAGES: readonly Stage[] = ['header', 'decode', 'detect', 'mesh', 'checks'];

/** One line of the result. */
export interface SpeedResult {
  readonly scene: Scene;
  readonly format: ImageFormat;
  readonly edge: number;
  readonly bytes: number;
  readonly contestants: Record<string, Spread>;
  /** Medians of our stages. */
  readonly stages: Record<string, number>;
}

const started = performance.now();
const ours = await openOurs();
const coldStart = performance.now() - started;
const contestants = [ours, openDecode(), ...(await openPeers(options.yunet))];
const results: SpeedResult[] = [];

for (const picture of await makePictures()) results.push(await race(picture));
for (const contestant of contestants) await contestant.close();

const names = contestants.map(({ name }) => name);
const shown = (result: SpeedResult, name: string) => {
  const time = result.contestants[name];
  return time ? `${ms(time.median)} (${ms(time.low)}–${ms(time.high)})` : '–';
};
const ratio = (result: SpeedResult, name: string) => {
  const time = result.contestants[name];
  return time ? `${(time.median / result.contestants[ours.name].median).toFixed(2)}` : '–';
};
const nameOf = ({ format, edge, scene }: SpeedResult) => `${format} ${edge}, ${scene}`;

process.stdout.write('Milliseconds: median (5 % – 95 %).\n\n');
process.stdout.write(
  table(
    ['picture', ...names],
    results.map((r) => [nameOf(r), ...names.map((n) => shown(r, n))]),
  ),
);
process.stdout.write('\nTimes the median of `inspect`.\n\n');
process.stdout.write(
  table(
    ['picture', ...names],
    results.map((r) => [nameOf(r), ...names.map((n) => ratio(r, n))]),
  ),
);
process.stdout.write('\nStages of `inspect`, medians.\n\n');
process.stdout.write(
  table(
    ['picture', ...STAGES],
    results.map((r) => [nameOf(r), ...STAGES.map((s) => ms(r.stages[s] ?? 0))]),
  ),
);
const memory = process.memoryUsage.rss() / 2 ** 20;
process.stdout.write(
  `\nLoading the models: ${ms(coldStart)} ms. Memory at the end, all together: ${ms(memory)} MB.\n`,
);
if (options.out) await writeFile(options.out, `${JSON.stringify({ coldStart, results }, null, 2)}\n`);

async function makePictures(): Promise<BenchPicture[]> {
  const pictures: BenchPicture[] = [];
  for (const edge of EDGES) {
    for (const format of FORMATS) pictures.push(await makePicture('one', format, edge));
  }
  pictures.push(await makePicture('ten', 'jpeg', 1280), await makePicture('none', 'jpeg', 1280));
  // The contract refuses larger files, so nobody waits for them.
  return pictures.filter(({ bytes }) => bytes.length < MAX_BYTES);
}

async function race({ scene, format, edge, bytes }: BenchPicture): Promise<SpeedResult> {
  const takesPart = contestants.filter((c) => c === ours || format !== 'bmp');
  const times = new Map<Contestant, number[]>(takesPart.map((contestant) => [contestant, []]));
  const stages = new Map<Stage, number[]>();
  for (const contestant of takesPart) await contestant.run(bytes);
  for (let round = 0; round < ROUNDS; round++) {
    for (const contestant of takesPart) {
      if (round % contestant.every !== 0) continue;
      const start = performance.now();
      await contestant.run(bytes);
      times.get(contestant)?.push(performance.now() - start);
    }
    for (const [stage, time] of ours.stages?.() ?? [])
      stages.set(stage, [...(stages.get(stage) ?? []), time]);
  }
  return {
    scene,
    format,
    edge,
    bytes: bytes.length,
    contestants: Object.fromEntries([...times].map(([{ name }, list]) => [name, spread(list)])),
    stages: Object.fromEntries([...stages].map(([stage, list]) => [stage, spread(list).median])),
  };
}
