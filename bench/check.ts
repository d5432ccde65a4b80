/**
 * Whether a verdict still costs what it did: `npm run bench:check`. It measures the ratios of `baseline.json` again, in
 * turns and in processor time, which other work on the machine disturbs least. What is slower by more than noise
 * explains is measured once more before it counts; the exit code is then 1. On a processor of another kind than the
 * baseline's nothing is held: what inference costs beside decoding depends on it.
 *
 * `--out file.json` keeps the ratios instead, for a new baseline: they come from the same race as those that are held
 * against them later.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Baseline } from './baseline.ts';
import { DECODE, HUMAN, OURS, presentNames } from './contestants.ts';
import { describeMachine, isComparable, thisMachine } from './machine.ts';
import { type BenchPicture, makePictures, nameOf, type PictureSpec } from './pictures.ts';
import { Race } from './race.ts';
import { compare, HELD, type Ratio, ratiosOf, USUAL, type Verdict } from './ratios.ts';
import { table } from './statistics.ts';

/**
 * Beyond this many times the baseline, it is not noise. On virtual machines that share their cache with others, ratios moved by up
 * to 1.4 between two looks a few minutes apart, with nothing else to do.
 */
const ROOM = 1.7;
const ROUNDS = 15;
/** The large one takes as long as four of the others. */
const ROUNDS_LARGE = 9;
/** A baseline takes so many times as many rounds. */
const BASELINE_FACTOR = 3;

const { values: options } = parseArgs({ options: { out: { type: 'string' } } });
const contestants = presentNames(undefined).filter((name) => [OURS, DECODE, HUMAN].includes(name));
const pictures = await makePictures(HELD);
if (options.out === undefined) await check();
else {
  const ratios = await measure(pictures, BASELINE_FACTOR);
  await writeFile(options.out, `${JSON.stringify(ratios, null, 2)}\n`);
}

async function check(): Promise<void> {
  const { ratios: baseline, machine }: Baseline = JSON.parse(
    await readFile(new URL('baseline.json', import.meta.url), 'utf8'),
  );
  const first = compare(await measure(pictures), baseline, ROOM);
  const again = pictures.filter((picture) =>
    first.some((v) => v.isSlower && v.name.startsWith(nameOf(picture))),
  );
  if (again.length > 0) process.stderr.write('Slower than the baseline: measured once more.\n');
  const second = again.length > 0 ? compare(await measure(again), baseline, ROOM) : [];
  // The better of two: noise only ever adds.
  const verdicts = first.map((verdict) => {
    const repeated = second.find(({ name }) => name === verdict.name);
    return repeated && repeated.value < verdict.value ? repeated : verdict;
  });
  print(verdicts);
  const slower = verdicts.some(({ isSlower }) => isSlower);
  if (slower && !isComparable(machine, thisMachine())) {
    process.stderr.write(
      `Not held against: the baseline is of another processor, ${describeMachine(machine)}.\n`,
    );
  } else if (slower) {
    process.stderr.write('If it is worth it, `npm run bench:baseline` makes this the new baseline.\n');
    process.exitCode = 1;
  }
}

function print(verdicts: readonly Verdict[]): void {
  const rows = verdicts.map(({ name, value, baseline, isSlower }) => [
    name,
    baseline.toFixed(2),
    value.toFixed(2),
    (value / baseline).toFixed(2),
    isSlower ? 'slower' : value * ROOM < baseline ? 'faster' : '',
  ]);
  process.stdout.write(table(['', 'baseline', 'now', `now ÷ baseline, at most ${ROOM}`, ''], rows));
}

async function measure(some: readonly BenchPicture[], factor = 1): Promise<Ratio[]> {
  const race = await Race.open(contestants);
  const results = [];
  for (const { bytes, ...spec } of some) {
    results.push(await race.run(spec, bytes, roundsFor(spec) * factor));
  }
  await race.close();
  return ratiosOf(results);
}

function roundsFor({ edge }: PictureSpec): number {
  return edge > USUAL.edge ? ROUNDS_LARGE : ROUNDS;
}
