/**
 * Holds `fix` against labelled pictures: `npm run fix:check -- <manifest.tsv> [every nth]`.
 *
 * Pictures that pass are broken in each way that can be repaired, and must pass again; those that should fail are
 * repaired as they are, and should not pass because of it. Ends with 1 where fewer than 95 % of the broken ones are
 * mended, or one that passed is spoilt.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DetectError } from '../../src/errors.ts';
import { parseManifest } from '../../src/evaluation/manifest.ts';
import { createInspector } from '../../src/node/inspector.ts';
import { repair } from '../../src/repair/repair.ts';
import { BREAKERS } from './breakers.ts';

const WANTED = 0.95;

const [manifest, nth = '1'] = process.argv.slice(2);
if (manifest === undefined) throw new Error('Usage: npm run fix:check -- <manifest.tsv> [every nth]');

const inspector = await createInspector();
const inspect = (bytes: Uint8Array) => inspector.inspect(bytes);
const labels = parseManifest(await readFile(manifest, 'utf8')).filter((_, i) => i % Number(nth) === 0);
const tally = new Map<string, { total: number; good: number }>();
const say = (line: string) => process.stdout.write(`${line}\n`);

function count(name: string, isGood: boolean, file: string, why: string): void {
  const row = tally.get(name) ?? { total: 0, good: 0 };
  tally.set(name, { total: row.total + 1, good: row.good + (isGood ? 1 : 0) });
  if (!isGood) say(`${name}\t${file}\t${why}`);
}

for (const [index, { file, expected, group, reason }] of labels.entries()) {
  const bytes = new Uint8Array(await readFile(join(dirname(manifest), file)));
  const { picture, before, refusal, steps } = await repair(bytes, { inspect });
  const was = before?.reason ?? refusal?.code ?? 'pass';
  const done = steps.map(({ action }) => action).join('+');
  if (before?.pass) count('passes still', picture !== null, file, done);
  if (expected === 'fail' && was !== 'pass') {
    count(`stays refused: ${reason || group}`, picture === null, file, `${was} ${done}`);
  }
  if (expected !== 'pass' || !before?.pass) continue;
  for (const [name, breakIt] of Object.entries(BREAKERS)) {
    try {
      const broken = await breakIt(bytes, before, index);
      if (broken === null) continue;
      const mended = await repair(broken, { inspect });
      const left = `${mended.before?.reason ?? mended.refusal?.code} -> ${mended.reason}`;
      count(`mended: ${name}`, mended.picture !== null, file, left);
    } catch (error) {
      if (!(error instanceof DetectError)) throw error;
      count(`mended: ${name}`, false, file, error.code);
    }
  }
}
await inspector.close();

let isGood = true;
for (const [name, { total, good }] of [...tally].sort()) {
  say(`${name}\t${good} of ${total}\t${((good / total) * 100).toFixed(1)} %`);
  if (name.startsWith('mended') && good < WANTED * total) isGood = false;
  if (name === 'passes still' && good < total) isGood = false;
}
process.exitCode = isGood ? 0 : 1;
