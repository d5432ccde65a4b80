import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { HeadsFile } from '../../src/models/heads.ts';
import { openAlgebra } from './algebra.ts';
import { crossSignals, fitHeads, fitJoins } from './fit.ts';
import { dealFolds, originOf } from './folds.ts';
import { HARVEST_VERSION, harvest } from './harvest.ts';
import { readManifest } from './manifest.ts';
import { packHead } from './pack.ts';
import { cached } from './samples.ts';
import { openVision } from './vision.ts';

const FOLDS = 6;

const [folder = fileURLToPath(new URL('../../../shared/portraits', import.meta.url))] = process.argv.slice(2);
const cache = fileURLToPath(new URL('cache', import.meta.url));
const target = fileURLToPath(new URL('../../src/models/heads.json', import.meta.url));

const pictures = (await readManifest(folder)).filter(({ group }) => group !== 'codec');
const vision = await openVision();
const algebra = await openAlgebra();
const { samples, late } = await cached(cache, 'real', `${HARVEST_VERSION} ${pictures.length}`, () =>
  harvest(vision, folder, pictures),
);

const notes = new Map(pictures.map(({ file, note }) => [file, note]));
const sources = dealFolds(
  samples.map((sample) => originOf(sample, notes)),
  FOLDS,
);
const byPicture = dealFolds(
  samples.map(({ file }) => file),
  FOLDS,
);
const signals = {
  sources: await crossSignals(algebra, samples, late, sources),
  pictures: await crossSignals(algebra, samples, late, byPicture),
};
const joins = await fitJoins(algebra, samples, signals);
const heads = await fitHeads(algebra, samples, late, [...samples.keys()]);
const file: HeadsFile = {
  version: '1',
  provenance: 'Trained by tools/train; see MODEL_CARD.md.',
  heads: Object.fromEntries(Object.entries(heads).map(([name, head]) => [name, packHead(head)])),
  joins,
};
await writeFile(target, `${JSON.stringify(file, null, 2)}\n`);
