import { describe, expect, it } from 'vitest';
import type { NewItem } from '../../src/jobs/job.ts';
import { CHUNK_ITEMS, MAX_LINE_BYTES, readItems, toItems } from '../../src/jobs/lines.ts';

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function read(text: string, size = 7): Promise<NewItem[]> {
  const items: NewItem[] = [];
  for await (const chunk of readItems(inPieces(text, size))) items.push(...chunk);
  return items;
}

describe('a list', () => {
  it.each([1, 2, 7, 1000])('reads the same in pieces of %i bytes', async (size) => {
    const text = '# list\r\nhttp://a/\r\n\r\n {"url": "http://b/ü", "id": "é"} \nhttp://c/';
    expect(await read(text, size)).toEqual([
      { url: 'http://a/', name: null },
      { url: 'http://b/ü', name: 'é' },
      { url: 'http://c/', name: null },
    ]);
  });

  it('is handed on in chunks', async () => {
    const sizes: number[] = [];
    const text = 'http://a/\n'.repeat(2 * CHUNK_ITEMS + 1);
    for await (const chunk of readItems(inPieces(text, 4096))) sizes.push(chunk.length);
    expect(sizes).toEqual([CHUNK_ITEMS, CHUNK_ITEMS, 1]);
  });

  it('may have lines of just the limit', async () => {
    const longest = 'x'.repeat(MAX_LINE_BYTES);
    expect(await read(`${longest}\n${longest}`, 1000)).toHaveLength(2);
    await expect(read(`${longest}\n${longest}y`, 1000)).rejects.toThrow('Line 2 is longer');
    await expect(read(`${longest}y\n`, 1_000_000)).rejects.toThrow('Line 1 is longer');
  });

  it.each([
    ['{"url": 5}', 'Line 1: "url" is missing or not a string.'],
    ['{"url": ""}', 'Line 1: "url" is missing or not a string.'],
    ['http://a/\n{"url": "http://b/", "id": 5}', 'Line 2: "id" is not a string of up to 256 characters.'],
    ['\n\n{', 'Line 3 is not JSON.'],
  ])('%s: %s', async (text, message) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'job.line', message });
  });

  it('has items', async () => {
    await expect(read('')).rejects.toMatchObject({ code: 'job.size' });
    expect(() => [...toItems([])]).toThrow(expect.objectContaining({ code: 'job.size' }));
    expect(() => [...toItems('http://a/')]).toThrow(expect.objectContaining({ code: 'job.size' }));
    expect(() => [...toItems(['http://a/', null])]).toThrow('Line 2: neither an address nor an object.');
  });
});
