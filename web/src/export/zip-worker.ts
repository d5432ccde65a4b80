/** Packs files into one archive, away from the page's thread. Pictures are compressed already, so they are stored as they are. */
import { Zip, ZipPassThrough } from 'fflate';
import type { ZipAnswer, ZipFile } from './zip-protocol.ts';

addEventListener('message', async ({ data }: MessageEvent<readonly ZipFile[]>) => {
  const answer: ZipAnswer = await pack(data).catch(() => null);
  postMessage(answer);
});

/** One file is in memory at a time; what is packed, browsers keep wherever they have room for it. */
async function pack(files: readonly ZipFile[]): Promise<Blob> {
  const packed: Blob[] = [];
  let chunks: BlobPart[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, chunk) => {
    failure ??= error;
    chunks.push(chunk as Uint8Array<ArrayBuffer>);
  });
  const lay = () => {
    packed.push(new Blob(chunks));
    chunks = [];
  };
  for (const { name, file } of files) {
    const entry = new ZipPassThrough(name);
    zip.add(entry);
    for await (const chunk of readerOf(file)) entry.push(chunk);
    entry.push(new Uint8Array(), true);
    lay();
  }
  zip.end();
  lay();
  if (failure !== null) throw failure;
  return new Blob(packed, { type: 'application/zip' });
}

/** Not every browser's streams can be iterated over. */
async function* readerOf(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
