import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CUT_VERSION, cutThroughFaces } from './cut.ts';
import { HARVEST_VERSION, harvest, type TeacherCrop } from './harvest.ts';
import { LessonWriter, readLessons } from './lessons.ts';
import { CROPS, type LabelledPicture } from './manifest.ts';
import { type Amounts, cutTextures, SYNTHESIS_VERSION, synthesise } from './synthesise.ts';
import type { Vision } from './vision.ts';

/** How often each picture is changed: enough for every kind of cover on every source. */
const AMOUNTS: Amounts = { covered: 2, harmless: 1.5, worn: 0 };

/** Crops are many, and all of one source. */
const AMOUNTS_OF_CROPS: Amounts = { covered: 0.8, harmless: 0.6, worn: 0 };

const TEXTURES = 40;

/** Looks at all pictures as they are, and keeps the crops that the teacher is to see. */
export async function exportReal(
  cache: string,
  vision: Vision,
  pictures: readonly LabelledPicture[],
  part: number,
): Promise<void> {
  const key = `${HARVEST_VERSION} ${pictures.length}`;
  if (await readLessons(cache, `real-${part}`, key)) return;
  mkdirSync(cache, { recursive: true });
  const writer = new LessonWriter(cache, `real-${part}`);
  const crops = openSync(join(cache, `teacher-${part}.crop`), 'w');
  const abouts: TeacherCrop[] = [];
  await harvest(vision, pictures, writer, (crop, about) => {
    writeSync(crops, crop);
    abouts.push(about);
  });
  closeSync(crops);
  await writeFile(join(cache, `teacher-${part}.json`), JSON.stringify(abouts));
  await writer.finish(key);
}

/** Looks at pictures with something drawn on them. */
export async function exportDrawn(
  cache: string,
  vision: Vision,
  pictures: readonly LabelledPicture[],
  part: number,
): Promise<void> {
  const key = `${SYNTHESIS_VERSION} ${HARVEST_VERSION} ${pictures.length} ${JSON.stringify([AMOUNTS, AMOUNTS_OF_CROPS])}`;
  if (await readLessons(cache, `drawn-${part}`, key)) return;
  const writer = new LessonWriter(cache, `drawn-${part}`);
  const textures = await cutTextures(pictures, TEXTURES);
  const amounts = ({ group }: LabelledPicture) => (group === CROPS ? AMOUNTS_OF_CROPS : AMOUNTS);
  await synthesise(vision, pictures, textures, amounts, writer);
  await writer.finish(key);
}

/** Looks at pictures whose frame cuts through the face. */
export async function exportCut(
  cache: string,
  vision: Vision,
  pictures: readonly LabelledPicture[],
  part: number,
): Promise<void> {
  const key = `${CUT_VERSION} ${HARVEST_VERSION} ${pictures.length}`;
  if (await readLessons(cache, `cut-${part}`, key)) return;
  const writer = new LessonWriter(cache, `cut-${part}`);
  await cutThroughFaces(vision, pictures, writer);
  await writer.finish(key);
}

/** The names of all sets, in the order in which everything reads them. */
export function partNames(parts: number): string[] {
  return ['real', 'drawn', 'cut'].flatMap((name) =>
    Array.from({ length: parts }, (_, part) => `${name}-${part}`),
  );
}
