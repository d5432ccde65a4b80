import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type HeadsFile, loadHeads } from '../../src/models/heads.ts';
import { type Algebra, openAlgebra } from './algebra.ts';
import { answerHeldOut, type CrossValidated, crossValidate } from './answers.ts';
import { measureBlur } from './blur.ts';
import { writeCard } from './card.ts';
import { COVERS } from './covers/index.ts';
import { evaluate, evaluateFamily, type Row } from './evaluate.ts';
import { fitHeads, type Lessons } from './fit.ts';
import { dealFolds, originOf } from './folds.ts';
import { HARVEST_VERSION, harvest, harvestTones, isUsable } from './harvest.ts';
import { familiesOf } from './judged.ts';
import { type LabelledPicture, readManifest } from './manifest.ts';
import { countMultiplications } from './network.ts';
import { packNetwork } from './pack.ts';
import { cached, concatenate } from './samples.ts';
import { cutTextures, SYNTHESIS_VERSION, synthesise } from './synthesise.ts';
import { openVision, type Vision } from './vision.ts';

const FOLDS = 6;

/** How often each picture is changed: enough for every kind of cover on every source. */
const AMOUNTS = { covered: 14, harmless: 13, worn: 3 };
const TEXTURES = 40;

const DEFAULT_FOLDER = fileURLToPath(new URL('../../../shared/portraits', import.meta.url));
const CACHE = fileURLToPath(new URL('cache', import.meta.url));
const HEADS_FILE = fileURLToPath(new URL('../../src/models/heads.json', import.meta.url));

/** Looks at all pictures, real, recoloured and drawn on; the answers of the networks are kept in the cache. */
async function gather(vision: Vision, folder: string, pictures: readonly LabelledPicture[]) {
  const key = `${HARVEST_VERSION} ${pictures.length}`;
  const real = await cached(CACHE, 'real', key, () => harvest(vision, folder, pictures));
  const tones = await cached(CACHE, 'tones', key, () => harvestTones(vision, folder, pictures));
  const drawn = await cached(
    CACHE,
    'drawn',
    `${key} ${SYNTHESIS_VERSION} ${JSON.stringify(AMOUNTS)}`,
    async () => synthesise(vision, folder, pictures, await cutTextures(folder, pictures, TEXTURES), AMOUNTS),
  );
  return concatenate([real, tones, drawn]);
}

/** Tests heads on families of covers that they have not seen, on sources that they have not seen. */
async function testFamilies(
  algebra: Algebra,
  lessons: Lessons,
  bySource: Int32Array,
  joins: CrossValidated['joins'],
): Promise<Row[]> {
  const { samples } = lessons;
  const families = [...new Set(COVERS.map(({ family }) => family))];
  const rows: Row[] = [];
  for (const [number, family] of families.entries()) {
    const fold = number % FOLDS;
    const has = samples.map((sample) => familiesOf(sample).has(family));
    const learnt = [...samples.keys()].filter((i) => bySource[i] !== fold && !has[i]);
    const asked = [...samples.keys()].filter((i) => bySource[i] === fold && has[i]);
    const answers = await answerHeldOut(algebra, lessons, learnt, asked, joins);
    const judged = asked.map((index, i) => ({ sample: samples[index], answers: answers[i] }));
    rows.push(...evaluateFamily(family, judged));
  }
  return rows;
}

const [folder = DEFAULT_FOLDER] = process.argv.slice(2);
const pictures = (await readManifest(folder)).filter(({ group }) => group !== 'codec');
const vision = await openVision();
const { samples, ...features } = await gather(vision, folder, pictures);
const lessons: Lessons = { samples, features };
const algebra = await openAlgebra();

const notes = new Map(pictures.map(({ file, note }) => [file, note]));
const bySource = dealFolds(
  samples.map((sample) => originOf(sample, notes)),
  FOLDS,
);
const byPicture = dealFolds(
  samples.map(({ file }) => file),
  FOLDS,
);
const { answers, joins } = await crossValidate(algebra, lessons, bySource, byPicture);
const everyone = [...samples.keys()];
const heads = await fitHeads(algebra, lessons, everyone);

const judged = samples.map((sample, i) => ({ sample, answers: answers[i] }));

const file: HeadsFile = {
  version: '2',
  provenance: 'Trained by tools/train; see MODEL_CARD.md.',
  network: packNetwork(heads),
  joins,
};
const text = `${JSON.stringify(file, null, 2)}\n`;
await writeFile(HEADS_FILE, text);
loadHeads(JSON.parse(await readFile(HEADS_FILE, 'utf8')));

// For looking at what is misjudged; it names pictures, so it stays out of the repository.
await writeFile(`${CACHE}/judged.json`, JSON.stringify(judged));

const usable = new Set(pictures.filter(isUsable).map(({ file }) => file));
await writeCard({
  pictures,
  samples,
  evaluation: evaluate(judged, usable),
  families: await testFamilies(algebra, lessons, bySource, joins),
  blur: await measureBlur(vision, folder, pictures),
  cost: { multiplications: countMultiplications(heads), bytes: Buffer.byteLength(text) },
});
