import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePictures, type PictureSpec } from './pictures.ts';

/** What people send: mostly a JPEG of one face as phones and browsers make them, and a few of everything else. */
const MIX: readonly PictureSpec[] = [
  { scene: 'one', format: 'jpeg', edge: 1280 },
  { scene: 'one', format: 'jpeg', edge: 1024 },
  { scene: 'one', format: 'jpeg', edge: 1920 },
  { scene: 'one', format: 'jpeg', edge: 720 },
  { scene: 'one', format: 'jpeg', edge: 1600 },
  { scene: 'ten', format: 'jpeg', edge: 1280 },
  { scene: 'none', format: 'jpeg', edge: 1280 },
  { scene: 'one', format: 'png', edge: 800 },
  { scene: 'one', format: 'webp', edge: 1080 },
  { scene: 'one', format: 'jpeg', edge: 3000 },
];

/** A folder of pictures. */
export interface PictureFolder {
  readonly path: string;
  /** Full names, in the order in which `check` takes them. */
  readonly files: readonly string[];
  remove(): Promise<void>;
}

/** Writes `count` files: the pictures of the mix, over and over. */
export async function makeFolder(count: number): Promise<PictureFolder> {
  const pictures = await makePictures(MIX);
  const path = await mkdtemp(join(tmpdir(), 'lpd-pictures-'));
  const files: string[] = [];
  for (let i = 0; i < count; i++) {
    const { format, bytes } = pictures[i % pictures.length];
    const file = join(path, `${String(i).padStart(6, '0')}.${format}`);
    await writeFile(file, bytes);
    files.push(file);
  }
  return { path, files, remove: () => rm(path, { recursive: true }) };
}
