/**
 * How often the verdict is right, beside what people would otherwise use: `npm run bench:accuracy -- labels.tsv`.
 * Each peer passes a picture whose largest face scores enough (and is turned at most so far, where the peer tells), at
 * its documented default and at the threshold that would have been best on these very pictures.
 *
 * `--yunet file.onnx` adds YuNet, `--limit 60` takes so many pictures of a class, spread evenly.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Label, parseManifest } from '../src/evaluation/manifest.ts';
import { createInspector } from '../src/index.ts';
import { openFaceApi } from './peers/face-api.ts';
import { openHuman } from './peers/human.ts';
import type { Peer, PeerFace } from './peers/peer.ts';
import { openYuNet } from './peers/yunet.ts';
import { mean, table } from './statistics.ts';

const { values: options, positionals } = parseArgs({
  options: { yunet: { type: 'string' }, limit: { type: 'string', default: '1000000' } },
  allowPositionals: true,
});
const [manifest = '../shared/portraits/manifest.tsv'] = positionals;

/** A peer's answer for each picture; null where it could not read it. */
type Answers = ReadonlyMap<string, readonly PeerFace[] | null>;

/** A head that is turned further is in profile, for the peers that tell. */
const MAX_YAW = 45;

/** The classes whose wrong rates are averaged, and which pictures they are. */
const CLASSES: readonly { readonly name: string; has(label: Label): boolean }[] = [
  { name: 'usable', has: ({ expected }) => expected === 'pass' },
  { name: 'covered', has: ({ group, expected }) => group === 'obstructed' && expected === 'fail' },
  { name: 'profile', has: ({ reason, expected }) => reason === 'profile' && expected === 'fail' },
  { name: 'animals', has: ({ group, expected }) => group === 'animal' && expected === 'fail' },
  { name: 'no people', has: ({ group, expected }) => group === 'noface' && expected === 'fail' },
  { name: 'too small', has: ({ group, expected }) => group === 'small' && expected === 'fail' },
];

const limit = Number(options.limit);
const labels = CLASSES.map((): Label[] => []);
for (const label of parseManifest(await readFile(manifest, 'utf8'))) {
  labels[CLASSES.findIndex(({ has }) => has(label))]?.push(label);
}
const sampled = labels.map((list) => {
  const step = Math.max(1, list.length / limit);
  return list.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
});

const rows: string[][] = [await judgeOurselves()];
const peers: { open(): Promise<Peer>; standard: number }[] = [
  // What human returns with its own settings counts as found.
  { open: openHuman, standard: 0 },
  { open: () => openFaceApi('ssd'), standard: 0.5 },
  { open: () => openFaceApi('tiny'), standard: 0.5 },
];
const { yunet } = options;
if (yunet !== undefined) peers.push({ open: async () => openYuNet(await readFile(yunet)), standard: 0.9 });
for (const { open, standard } of peers) {
  const peer = await open();
  const answers = await ask(peer);
  await peer.close();
  const best = bestThreshold(answers);
  rows.push(row(`${peer.name}, default`, wrongRates(answers, standard)));
  rows.push(row(`${peer.name}, best (${best.toFixed(2)})`, wrongRates(answers, best)));
}
const counts = CLASSES.map(({ name }, i) => `${name} (${sampled[i].length})`);
process.stdout.write('Share judged wrong: usable pictures refused, all others let through.\n\n');
process.stdout.write(table(['', ...counts, 'mean'], rows));

async function judgeOurselves(): Promise<string[]> {
  const inspector = await createInspector();
  const rates = [];
  for (const [i, list] of sampled.entries()) {
    let wrong = 0;
    for (const { file } of list) {
      const bytes = await readFile(join(dirname(manifest), file));
      const pass = await inspector.inspect(bytes).then(
        ({ pass }) => pass,
        () => false,
      );
      if (pass !== (i === 0)) wrong++;
    }
    rates.push(wrong / list.length);
  }
  await inspector.close();
  return row('inspect (see MODEL_CARD.md for what it was trained on)', rates);
}

async function ask(peer: Peer): Promise<Answers> {
  const answers = new Map<string, readonly PeerFace[] | null>();
  for (const { file } of sampled.flat()) {
    const bytes = await readFile(join(dirname(manifest), file));
    answers.set(file, await peer.detect(bytes).catch(() => null));
  }
  return answers;
}

function wrongRates(answers: Answers, threshold: number): number[] {
  const passes = ({ file }: Label) => {
    const subject = answers.get(file)?.find(({ score }) => score >= threshold);
    return subject !== undefined && (subject.yaw ?? 0) <= MAX_YAW;
  };
  return sampled.map((list, i) => list.filter((label) => passes(label) !== (i === 0)).length / list.length);
}

function bestThreshold(answers: Answers): number {
  const thresholds = Array.from({ length: 100 }, (_, i) => i / 100);
  const errors = thresholds.map((threshold) => mean(wrongRates(answers, threshold)));
  return thresholds[errors.indexOf(Math.min(...errors))];
}

function row(name: string, rates: readonly number[]): string[] {
  return [name, ...[...rates, mean(rates)].map((rate) => `${(rate * 100).toFixed(1)} %`)];
}
