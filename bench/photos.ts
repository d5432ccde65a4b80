/**
 * What a verdict costs on labelled photos, by what is on them: `npm run bench:photos -- labels.tsv`. Drawn pictures, which `npm run bench`
 * takes, show neither how large and how sharp people's pictures are, nor how often one look is not enough.
 *
 * Contestants take turns on one core, as in `npm run bench`. `--limit 20` takes so many pictures of a class, `--yunet file.onnx` a real
 * YuNet, `--out file.json` keeps the numbers.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { sniffFormat } from '../src/core/image/header.ts';
import type { ImageFormat } from '../src/core/inspection.ts';
import { type PictureClass, readClasses } from './classes.ts';
import { DECODE, HUMAN, OURS, presentNames, YUNET } from './contestants.ts';
import { describeMachine, thisMachine, warnIfBusy } from './machine.ts';
import { Race, type RaceResult } from './race.ts';
import { mean, ms, table } from './statistics.ts';

/** Means over the pictures of a class. */
export interface PhotoClass {
  readonly name: string;
  readonly pictures: number;
  /** Of each contestant's median processor time, in milliseconds. */
  readonly ms: Readonly<Record<string, number>>;
}

/** face-api takes a third of a second a picture, and says no more here than in `npm run bench`. */
const TAKING_PART = [OURS, DECODE, HUMAN, YUNET];
const ROUNDS = 6;

const { values: options, positionals } = parseArgs({
  options: { yunet: { type: 'string' }, limit: { type: 'string', default: '20' }, out: { type: 'string' } },
  allowPositionals: true,
});
const [manifest = '../shared/portraits/manifest.tsv'] = positionals;

if (positionals.length === 0 && !existsSync(manifest)) {
  process.stderr.write('There are no labelled photos here, so none are measured: name a list of labels.\n');
  process.exit();
}
warnIfBusy();
const classes = await readClasses(manifest, Number(options.limit));
const names = presentNames(options.yunet).filter((name) => TAKING_PART.includes(name));
const race = await Race.open(names, options.yunet);
const results: PhotoClass[] = [];
for (const one of classes) results.push(await measure(one));
await race.close();

const rows = results.map(({ name, pictures, ms: times }) => [
  `${name} (${pictures})`,
  ...names.map((name) => ms(times[name])),
]);
process.stdout.write(
  `${describeMachine(thisMachine())}\n\nProcessor time, means of medians, in milliseconds.\n\n`,
);
process.stdout.write(table(['', ...names], rows));
if (options.out) await writeFile(options.out, `${JSON.stringify(results, null, 2)}\n`);

async function measure({ name, files }: PictureClass): Promise<PhotoClass> {
  const runs: RaceResult<{ format: ImageFormat }>[] = [];
  for (const file of files) {
    const bytes = await readFile(file);
    const format = sniffFormat(bytes);
    if (format !== null) runs.push(await race.run({ format }, bytes, ROUNDS));
  }
  const meanOf = (name: string) => mean(runs.map(({ contestants }) => contestants[name].cpu.median));
  return { name, pictures: runs.length, ms: Object.fromEntries(names.map((name) => [name, meanOf(name)])) };
}
