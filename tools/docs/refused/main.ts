/**
 * Makes `docs/why-refused.md`, the same in Chinese, and their pictures: `npx tsx tools/docs/refused/main.ts`. With `--missing` it draws
 * only pictures that are not there yet, and leaves the other sections as they are.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { annotate } from '../../../src/annotate/annotate.ts';
import type { CheckReason, Inspection } from '../../../src/core/inspection.ts';
import { createInspector } from '../../../src/node/inspector.ts';
import { pictureOf, refusedPage, sectionsOf } from './page.ts';
import { SAMPLES } from './samples.ts';

const DOCS = new URL('../../../docs/', import.meta.url);
/** Edge of a picture on the page, in pixels. */
const EDGE = 320;

const missing = process.argv.includes('--missing');
const isKept = (reason: string) => missing && existsSync(new URL(pictureOf(reason as CheckReason), DOCS));
const inspector = await createInspector();
const inspections = new Map<CheckReason, Inspection>();
await mkdir(new URL('pictures/refused/', DOCS), { recursive: true });
for (const [name, sample] of Object.entries(SAMPLES)) {
  if (sample === null || isKept(name)) continue;
  const { make, policy = {} } = sample;
  const reason = name as CheckReason;
  const bytes = await make();
  const inspection = await inspector.inspect(bytes, { policy });
  const told = inspection.checks.find((check) => check.reason === reason);
  if (told === undefined)
    throw new Error(`The picture of ${reason} shows ${inspection.reason ?? 'no fault'}.`);
  inspections.set(reason, inspection);
  const drawn = await annotate(bytes, inspection, 'png');
  // Without the caption below: the page says the same, in its own language and in letters that can be read.
  const { uprightWidth, uprightHeight } = inspection.image;
  const { width } = await sharp(drawn).metadata();
  const height = Math.round((width * uprightHeight) / uprightWidth);
  const picture = sharp(drawn).extract({ left: 0, top: 0, width, height });
  const small = picture.resize(EDGE, EDGE, { fit: 'inside' }).jpeg({ quality: 70 });
  await writeFile(new URL(pictureOf(reason), DOCS), await small.toBuffer());
}
for (const [language, file] of [
  ['en', 'why-refused.md'],
  ['zh-CN', 'zh-CN/why-refused.md'],
] as const) {
  const page = new URL(file, DOCS);
  const sections = Object.entries(sectionsOf(readFileSync(page, 'utf8')));
  const kept = new Map(sections.filter(([reason]) => isKept(reason)));
  await writeFile(page, refusedPage(language, inspections, kept));
}
await inspector.close();
