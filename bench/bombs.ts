/**
 * What the most expensive pictures that are let through cost, beside an ordinary one of their format and size, and what it
 * costs to refuse the others: `npm run bench:bombs`. Processor time of `decodeImage` to LivePortrait's working size, the
 * least of three. Ends with 1 where a picture costs over {@link MOST} times an ordinary one, or a refusal over
 * {@link MOST_REFUSAL_MS}.
 */

import { readHeader } from '../src/core/image/header.ts';
import type { DecodedImage } from '../src/core/image/pixels.ts';
import { DetectError } from '../src/errors.ts';
import { decodeImage } from '../src/node/decode/decode.ts';
import { ACCEPTED, EDGE, ordinary, REFUSED } from './bomb-pictures.ts';
import { ms, table } from './statistics.ts';

const MOST = 5;
const MOST_REFUSAL_MS = 200;
const RUNS = 3;

interface Cost {
  readonly ms: number;
  readonly outcome: string;
}

async function costOf(file: Buffer): Promise<Cost> {
  const times: number[] = [];
  let outcome = '';
  for (let run = 0; run < RUNS; run++) {
    const before = process.cpuUsage();
    const result: DecodedImage | unknown = await (async () =>
      decodeImage(file, readHeader(file, true)))().catch((error: unknown) => error);
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
    if (result instanceof Error && !(result instanceof DetectError)) throw result;
    outcome = result instanceof DetectError ? result.code : 'decoded';
  }
  return { ms: Math.min(...times), outcome };
}

const bytes = (file: Buffer) => file.length.toLocaleString('en');
let isGood = true;
const usual = new Map<string, number>();
const rows: string[][] = [];
for (const { name, kind, make } of ACCEPTED) {
  const base = usual.get(kind) ?? (await costOf(await ordinary(kind))).ms;
  usual.set(kind, base);
  const file = await make();
  const cost = await costOf(file);
  if (cost.outcome !== 'decoded' || cost.ms > MOST * base) isGood = false;
  rows.push([kind, name, bytes(file), cost.outcome, ms(base), ms(cost.ms), (cost.ms / base).toFixed(1)]);
}
process.stdout.write(`Let through, ${EDGE} x ${EDGE}:\n\n`);
process.stdout.write(table(['', 'picture', 'bytes', '', 'ordinary, ms', 'ms', 'times'], rows));

const refusals: string[][] = [];
for (const { name, make } of REFUSED) {
  const file = await make();
  const cost = await costOf(file);
  if (cost.outcome === 'decoded' || cost.ms > MOST_REFUSAL_MS) isGood = false;
  refusals.push([name, bytes(file), cost.outcome, ms(cost.ms)]);
}
process.stdout.write(`\nRefused:\n\n${table(['picture', 'bytes', '', 'ms'], refusals)}`);
process.exitCode = isGood ? 0 : 1;
