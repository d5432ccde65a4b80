/**
 * What each stage of an inspection costs, by format and size: `npm run bench:stages`. Milliseconds, medians.
 * The pictures take turns, so that a busy moment of the machine spoils none of them alone.
 */
import sharp from 'sharp';
import { createInspector, type Stage } from '../src/index.ts';
import { makePicture } from './pictures.ts';

const ROUNDS = 31;
const CASES = [
  ['jpeg', 512],
  ['jpeg', 1280],
  ['jpeg', 4096],
  ['png', 1280],
  ['webp', 1280],
  ['bmp', 1280],
] as const;
const STAGES: readonly Stage[] = ['header', 'decode', 'detect', 'mesh', 'checks'];

const startedLoading = performance.now();
const inspector = await createInspector();
const loading = performance.now() - startedLoading;
sharp.concurrency(1);

const cases = [];
for (const [format, edge] of CASES) {
  cases.push({ ...(await makePicture(format, edge)), times: new Map<string, number[]>() });
}
for (let round = -1; round < ROUNDS; round++) {
  for (const { format, bytes, times } of cases) {
    const stage = new Map<string, number>();
    const started = performance.now();
    let last = started;
    await inspector.inspect(bytes, {
      onStage(name) {
        const now = performance.now();
        stage.set(name, now - last);
        last = now;
      },
    });
    stage.set('whole', performance.now() - started);
    if (format !== 'bmp') {
      const decoding = performance.now();
      await sharp(bytes).raw().toBuffer();
      stage.set('sharp alone', performance.now() - decoding);
    }
    // The first round warms caches and the compiler up.
    if (round >= 0) for (const [name, time] of stage) times.set(name, [...(times.get(name) ?? []), time]);
  }
}
await inspector.close();

const median = (values: readonly number[] = []) =>
  values.length === 0 ? '–' : [...values].sort((a, b) => a - b)[values.length >> 1].toFixed(1);
const columns = [...STAGES, 'whole', 'sharp alone'];
const lines = [
  `| picture | ${columns.join(' | ')} |`,
  `|---|${columns.map(() => '---').join('|')}|`,
  ...cases.map(
    ({ format, edge, times }) =>
      `| ${format} ${edge} | ${columns.map((name) => median(times.get(name))).join(' | ')} |`,
  ),
  '',
  `Loading the models took ${loading.toFixed(0)} ms. "sharp alone" is a full decode with sharp, one thread.`,
];
process.stdout.write(`${lines.join('\n')}\n`);
