/**
 * How often the verdict is right, beside what people would otherwise use: `npm run bench:accuracy -- labels.tsv`.
 * Each peer passes a picture whose largest face scores enough (and is turned at most so far, where the peer tells), at
 * its documented default and at the threshold that would have been best on these very pictures.
 *
 * `--yunet file.onnx` adds YuNet, `--limit 60` takes 60 pictures of each class, spread evenly. The peers are installed apart:
 * `(cd bench && npm ci)`. Without a list of labels it takes the one beside the clone, where there is one.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createInspector } from '../src/index.ts';
import { readClasses } from './classes.ts';
import { openFaceApi } from './peers/face-api.ts';
import { openHuman } from './peers/human.ts';
import type { Peer, PeerFace } from './peers/peer.ts';
import { openYuNet } from './peers/yunet.ts';
import { mean, table } from './statistics.ts';

const { values: options, positionals } = parseArgs({
  options: { yunet: { type: 'string' }, limit: { type: 'string', default: '1000000' } },
  allowPositionals: true,
});
const BESIDE = '../shared/portraits/manifest.tsv';
const [manifest = BESIDE] = positionals;
if (!existsSync(manifest)) {
  const [named] = positionals;
  process.stderr.write(
    `${named === undefined ? '' : `There is no file ${named}. `}Name a list of labelled pictures of yours: npm run bench:accuracy -- labels.tsv (docs/evaluate.md says what is in it).\n`,
  );
  process.exit(2);
}

/** A peer's answer for each picture; null where it could not read it. */
type Answers = ReadonlyMap<string, readonly PeerFace[] | null>;

/** A head that is turned further is in profile, for the peers that tell. */
const MAX_YAW = 45;

const classes = await readClasses(manifest, Number(options.limit));

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
const counts = classes.map(({ name, files }) => `${name} (${files.length})`);
process.stdout.write('Share judged wrong: usable pictures refused, all others let through.\n\n');
process.stdout.write(table(['', ...counts, 'mean'], rows));

async function judgeOurselves(): Promise<string[]> {
  const inspector = await createInspector();
  const rates = [];
  for (const { isUsable, files } of classes) {
    let wrong = 0;
    for (const file of files) {
      const bytes = await readFile(file);
      const pass = await inspector.inspect(bytes).then(
        ({ pass }) => pass,
        () => false,
      );
      if (pass !== isUsable) wrong++;
    }
    rates.push(wrong / files.length);
  }
  await inspector.close();
  return row('inspect (see MODEL_CARD.md for what it was trained on)', rates);
}

async function ask(peer: Peer): Promise<Answers> {
  const answers = new Map<string, readonly PeerFace[] | null>();
  for (const file of classes.flatMap(({ files }) => files)) {
    const bytes = await readFile(file);
    answers.set(file, await peer.detect(bytes).catch(() => null));
  }
  return answers;
}

function wrongRates(answers: Answers, threshold: number): number[] {
  const passes = (file: string) => {
    const subject = answers.get(file)?.find(({ score }) => score >= threshold);
    return subject !== undefined && (subject.yaw ?? 0) <= MAX_YAW;
  };
  return classes.map(
    ({ isUsable, files }) => files.filter((file) => passes(file) !== isUsable).length / files.length,
  );
}

function bestThreshold(answers: Answers): number {
  const thresholds = Array.from({ length: 100 }, (_, i) => i / 100);
  const errors = thresholds.map((threshold) => mean(wrongRates(answers, threshold)));
  return thresholds[errors.indexOf(Math.min(...errors))];
}

function row(name: string, rates: readonly number[]): string[] {
  return [name, ...[...rates, mean(rates)].map((rate) => `${(rate * 100).toFixed(1)} %`)];
}
