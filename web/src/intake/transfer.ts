/** What a drop or a paste brings: files, folders, addresses. */
import { PICTURE_ENDINGS } from '../../../src/core/image/picture-endings.ts';
import type { Newcomer } from '../session/picture.ts';

const ENDING = /\.(\w+)$/;
const URL_LINE = /^https?:\/\/\S+$/i;

/** Files as the page takes them. */
export function fromFiles(files: Iterable<File>): Newcomer[] {
  return Array.from(files, (file) => ({ name: file.name, source: { kind: 'file', file } }));
}

/** Every line of a text that is a web address. */
export function fromText(text: string): Newcomer[] {
  return text
    .split(/\s+/)
    .filter((line) => URL_LINE.test(line))
    .map((url) => ({ name: nameOf(url), source: { kind: 'url', url } }));
}

/** All that a transfer holds; folders are walked through. */
export async function fromTransfer(transfer: DataTransfer): Promise<Newcomer[]> {
  // Both lists are gone after the first await.
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry()).filter(
    (entry) => entry !== null,
  );
  const files = Array.from(transfer.files);
  const text = transfer.getData('text/uri-list') || transfer.getData('text/plain');
  if (entries.some((entry) => entry.isDirectory)) return fromFolders(entries);
  return files.length > 0 ? fromFiles(files) : fromText(text);
}

/** A file, and where it lies among what was dropped. */
interface Found {
  readonly path: string;
  readonly file: File;
}

/** Pictures by their names, since browsers give them in the order of the disk; below a folder of its own each is told by its path. */
async function fromFolders(entries: readonly FileSystemEntry[]): Promise<Newcomer[]> {
  const found = (await Promise.all(entries.map((entry) => walk(entry, entry.isFile)))).flat();
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const [only] = entries;
  // What all of them begin with tells none apart.
  const common = entries.length === 1 && only?.isDirectory ? `${only.fullPath}/` : '/';
  return found
    .map(({ path, file }) => ({ name: path.slice(common.length), source: { kind: 'file', file } as const }))
    .sort((a, b) => compare(a.name, b.name));
}

/** @param isGiven whether it was dropped by itself, and is taken whatever its name */
async function walk(entry: FileSystemEntry, isGiven = false): Promise<Found[]> {
  if (entry.isFile) {
    if (!isGiven && !isPictureName(entry.name)) return [];
    const file = await new Promise<File | null>((resolve) =>
      (entry as FileSystemFileEntry).file(resolve, () => resolve(null)),
    );
    return file === null ? [] : [{ path: entry.fullPath, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Found[] = [];
  for (;;) {
    // A reader gives a hundred or so at a time, and none at the end; nor where the folder may not be read.
    const some = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    if (some.length === 0) return found;
    found.push(...(await Promise.all(some.map((each) => walk(each)))).flat());
  }
}

/** The last part of an address, as people read it: addresses carry everything but Latin letters in bytes. */
function nameOf(url: string): string {
  const { hostname, pathname } = URL.canParse(url) ? new URL(url) : { hostname: url, pathname: '' };
  const last = pathname.split('/').findLast((part) => part !== '') ?? hostname;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function isPictureName(name: string): boolean {
  const [, ending = ''] = ENDING.exec(name) ?? [];
  return PICTURE_ENDINGS.has(ending.toLowerCase());
}
