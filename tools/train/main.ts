/**
 * From folders of labelled pictures to the weights: `npm run train -- <folder> …`. The product's own code finds, cuts and
 * draws; Python teaches. Everything between is kept in `cache/`, and made anew when what it was made from has changed.
 */
import { fork } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { loadHeads } from '../../src/core/models/heads.ts';
import { partNames } from './export.ts';
import { openPython } from './python.ts';
import { exportSurface } from './surface.ts';
import { fetchTeacher } from './teacher.ts';

/** Pictures are dealt to so many processes; the number decides the order of the lessons, so it stays as it is. */
const PARTS = 2;

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const CACHE = path('cache');
const SURFACE_FILE = path('../../src/core/models/surface.json');
const HEADS_FILE = path('../../src/core/models/heads.json');
const CARD_FILE = path('../../MODEL_CARD.md');

const folders = process.argv.slice(2);
if (folders.length === 0) {
  process.stderr.write(
    'Name the folders of your labelled pictures, each with a manifest.tsv: npm run train -- <folder> …\n',
  );
  process.exit(2);
}

await mkdir(CACHE, { recursive: true });
const python = await openPython(CACHE);
const teacher = await fetchTeacher(CACHE);
const parts = Array.from({ length: PARTS }, (_, part) => part);
await Promise.all(parts.map((part) => exportPart(part)));
await Promise.all(parts.map((part) => python('teacher.py', teacher, CACHE, String(part))));
await python('teach_surface.py', CACHE, SURFACE_FILE);
await exportSurface(CACHE, partNames(PARTS), JSON.parse(await readFile(SURFACE_FILE, 'utf8')));
await python('fit.py', CACHE, HEADS_FILE);
loadHeads(JSON.parse(await readFile(HEADS_FILE, 'utf8')));
await python('report.py', CACHE, CARD_FILE);

/** Looks at a share of the pictures in a process of its own. */
function exportPart(part: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(path('export-part.ts'), [CACHE, String(part), String(PARTS), ...folders]);
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`part ${part} of the pictures could not be looked at`));
    });
  });
}
