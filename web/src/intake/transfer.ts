/** What a drop or a paste brings: files, folders, addresses. */
import type { Newcomer } from '../session/picture.ts';

/** Names of files in a folder that are worth sending; one that is dropped by itself is always sent. */
const PICTURE_NAME = /\.(?:jpe?g|jfif|png|webp|bmp|gif|tiff?|heic|avif)$/i;
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
  if (entries.some((entry) => entry.isDirectory))
    return fromFiles((await Promise.all(entries.map(walk))).flat());
  return files.length > 0 ? fromFiles(files) : fromText(text);
}

async function walk(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return PICTURE_NAME.test(file.name) ? [file] : [];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: File[] = [];
  for (;;) {
    // A reader gives a hundred or so at a time, and none at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return found;
    found.push(...(await Promise.all(some.map(walk))).flat());
  }
}

function nameOf(url: string): string {
  const { hostname, pathname } = URL.canParse(url) ? new URL(url) : { hostname: url, pathname: '' };
  return pathname.split('/').findLast((part) => part !== '') ?? hostname;
}
