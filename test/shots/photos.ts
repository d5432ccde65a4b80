/** A folder of drawn pictures, as people have photos: one passes, the others do not. */
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));
/** Their names in `photos/`, without `.jpg`. */
export const PHOTOS = ['cut_off', 'group', 'none', 'obstructed', 'pass', 'profile', 'small', 'tilted'];

/** Makes a folder with `photos/` in it, and `broken.jpg` at a place of its own; it is removed when the work is done. */
export async function withPhotos(broken: string, work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lpd-shots-'));
  try {
    await mkdir(join(folder, 'photos'));
    for (const name of PHOTOS) {
      await copyFile(`${EXAMPLES}${name}.jpg`, join(folder, 'photos', `${name}.jpg`));
    }
    await writeFile(join(folder, broken), 'no picture');
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
