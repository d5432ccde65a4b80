import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifest } from '../../src/evaluation/manifest.ts';

/** The pictures of a manifest's folder, or all files of another folder. */
export function picturesIn(folder: string): string[] {
  try {
    return parseManifest(readFileSync(join(folder, 'manifest.tsv'), 'utf8')).map(({ file }) => file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return readdirSync(folder).filter((name) => /\.(?:jpe?g|png|webp|bmp)$/i.test(name));
  }
}

/** Of many, as many as are wanted, spread evenly. */
export function sample<Item>(items: readonly Item[], most: number): Item[] {
  const step = Math.max(1, items.length / most);
  return items.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
}
