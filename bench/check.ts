/**
 * Whether a verdict still costs what it did: `npm run bench:check`. It measures the ratios of `baseline.json` again, in
 * turns and in processor time, which other work on the machine disturbs least. What is slower by more than noise
 * explains is measured once more before it counts; the exit code is then 1.
 */
import { readFile } from 'node:fs/promises';
import type { Baseline } from './baseline.ts';
import { DECODE, HUMAN, OURS, presentNames } from './contestants.ts';
import { type BenchPicture, makePictures, nameOf, type PictureSpec } from './pictures.ts';
import { Race } from './race.ts';
import { compare, HELD, ratiosOf, USUAL, type Verdict } from './ratios.ts';
import { table } from './statistics.ts';

/** Beyond this many times the baseline, it is not noise: on a machine that is busy otherwise, medians stay within 1.2. */
const ROOM = 1.3;
const ROUNDS = 15;
/** The large one takes as long as four of the others. */
const ROUNDS_LARGE = 9;

const { ratios: baseline }: Baseline = JSON.parse(
  await readFile(new URL('baseline.json', import.meta.url), 'utf8'),
);
const contestants = presentNames(undefined).filter((name) => [OURS, DECODE, HUMAN].includes(name));
const pictures = await makePictures(HELD);

const first = await measure(pictures);
const again = pictures.filter((picture) =>
  first.some((v) => v.isSlower && v.name.startsWith(nameOf(picture))),
);
if (again.length > 0) process.stderr.write('Slower than the baseline: measured once more.\n');
const second = again.length > 0 ? await measure(again) : [];
// The better of two: noise only ever adds.
const verdicts = first.map((verdict) => {
  const repeated = second.find(({ name }) => name === verdict.name);
  return repeated && repeated.value < verdict.value ? repeated : verdict;
});

const rows = verdicts.map(({ name, value, baseline, isSlower }) => [
  name,
  baseline.toFixed(2),
  value.toFixed(2),
  (value / baseline).toFixed(2),
  isSlower ? 'slower' : value * ROOM < baseline ? 'faster' : '',
]);
process.stdout.write(table(['', 'baseline', 'now', `now ÷ baseline, at most ${ROOM}`, ''], rows));
if (verdicts.some(({ isSlower }) => isSlower)) {
  process.stderr.write('If it is worth it, `npm run bench:baseline` makes this the new baseline.\n');
  process.exitCode = 1;
}

async function measure(some: readonly BenchPicture[]): Promise<Verdict[]> {
  const race = await Race.open(contestants);
  const results = [];
  for (const picture of some) results.push(await race.run(picture, roundsFor(picture)));
  await race.close();
  return compare(ratiosOf(results), baseline, ROOM);
}

function roundsFor({ edge }: PictureSpec): number {
  return edge > USUAL.edge ? ROUNDS_LARGE : ROUNDS;
}
