/** Several pictures as one archive. */
import { fileNameOf, fileOf, type Picture } from '../session/picture.ts';
import { uniqueNames } from './names.ts';
import { save } from './save.ts';
import type { ZipAnswer, ZipFile } from './zip-protocol.ts';

/** The most pictures of one archive: more than a person can look through. */
const MOST_FILES = 1_000;
/** The most bytes of one archive: browsers keep it in memory or on the disk until it is saved, and it needs no 64-bit form. */
export const MOST_BYTES = 1_000_000_000;

/** What an archive calls the list of the pictures that came by their address. */
const ADDRESSES = 'addresses.txt';

/** What came of it: saved, more than one archive may hold, a file that could not be read, or that the part which packs was not loaded. */
export type Packed = 'saved' | 'tooMany' | 'unreadable' | 'notLoaded';

/**
 * Saves pictures as one archive. The service loads a picture from an address only to look at it, so of these
 * the archive has a list of the addresses.
 *
 * @param name of the archive
 */
export async function saveZip(name: string, pictures: readonly Picture[]): Promise<Packed> {
  const files = filesOf(pictures);
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  if (files.length > MOST_FILES || bytes > MOST_BYTES) return 'tooMany';
  const archive = await pack(files);
  if (archive === null) return 'unreadable';
  if (archive === 'not loaded') return 'notLoaded';
  save(name, archive);
  return 'saved';
}

function filesOf(pictures: readonly Picture[]): readonly ZipFile[] {
  const addresses = pictures.flatMap(({ source }) => (source.kind === 'url' ? `${source.url}\n` : []));
  const files = pictures.flatMap((picture) => {
    const file = fileOf(picture);
    return file === null ? [] : [{ name: fileNameOf(picture), file }];
  });
  if (addresses.length > 0) files.unshift({ name: ADDRESSES, file: new Blob(addresses) });
  const names = uniqueNames(files.map(({ name }) => name));
  return files.map(({ file }, index) => ({ name: names[index]!, file }));
}

function pack(files: readonly ZipFile[]): Promise<ZipAnswer | 'not loaded'> {
  const worker = new Worker(new URL('./zip-worker.ts', import.meta.url), { type: 'module' });
  const answer = new Promise<ZipAnswer | 'not loaded'>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<ZipAnswer>) => resolve(data));
    worker.addEventListener('error', () => resolve('not loaded'));
  });
  worker.postMessage(files);
  return answer.finally(() => worker.terminate());
}
