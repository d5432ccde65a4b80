/** What every store of uploads must do; each one's own test file runs this on itself. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Place, placeOf } from '../../src/uploads/place.ts';
import type { Listed, UploadStore } from '../../src/uploads/store.ts';

const MOST = 1_000;
const [A, B] = ['0123456789abcdef', 'fedcba9876543210'];

/** An empty store; each `open` is another process's. */
export interface Backend {
  open(): Promise<UploadStore>;
  remove(): Promise<void>;
}

/** @param many more than a store lists at once */
export function uploadStoreSuite(many: number, fresh: () => Promise<Backend>): void {
  let backend: Backend;
  let store: UploadStore;
  let folder: string;
  let number = 0;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lpd-files-'));
    backend = await fresh();
    store = await backend.open();
  });
  afterEach(async () => {
    store.close();
    await backend.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const place = (keyId: string, name: string): Place => placeOf(`dashscope-instant/${keyId}/day/one/${name}`);
  const put = async (where: Place, text: string, by = store) => {
    const file = join(folder, String(number++));
    await writeFile(file, text);
    return await by.put(where, file, Buffer.byteLength(text));
  };
  const read = async (where: Place, by = store) => {
    const found = await by.get(where, MOST);
    return found && Buffer.from(found.bytes).toString();
  };
  const list = async () => {
    const all: Listed[] = [];
    for await (const each of store.list()) all.push(each);
    return all.map((each) => `${each.place.keyId} ${each.place.name} ${each.bytes}`).sort();
  };

  it('keeps a file, with its time, for every process', async () => {
    const before = Date.now();
    expect(await put(place(A, 'a'), 'hello')).toBe(true);
    const other = await backend.open();
    expect(await read(place(A, 'a'), other)).toBe('hello');
    const { at = 0 } = (await store.get(place(A, 'a'), MOST)) ?? {};
    // Some stores tell seconds.
    expect(Math.abs(at - before)).toBeLessThan(5_000);
    expect(Buffer.from(other.signingKey)).toEqual(Buffer.from(store.signingKey));
    expect(store.signingKey).toHaveLength(32);
    other.close();
  });

  it('has nothing where nothing was put, and gives nothing that is too large', async () => {
    expect(await read(place(A, 'a'))).toBeUndefined();
    await put(place(A, 'a'), 'x'.repeat(MOST + 1));
    expect(await read(place(A, 'a'))).toBeUndefined();
    await put(place(A, 'b'), 'x'.repeat(MOST));
    expect(await read(place(A, 'b'))).toHaveLength(MOST);
  });

  it('keeps the first of a place, also of many at once', async () => {
    expect(await put(place(A, 'a'), 'first')).toBe(true);
    expect(await put(place(A, 'a'), 'second')).toBe(false);
    expect(await read(place(A, 'a'))).toBe('first');
    const texts = Array.from({ length: 10 }, (_, no) => `text ${no}`);
    const kept = await Promise.all(texts.map((text) => put(place(A, 'b'), text)));
    expect(kept.filter(Boolean)).toHaveLength(1);
    expect(await read(place(A, 'b'))).toBe(texts[kept.indexOf(true)]);
  });

  it('lists all, and forgets what is removed', async () => {
    await put(place(A, 'a'), 'one');
    await put(place(A, 'b'), 'three');
    await put(place(B, 'a'), 'five');
    const line = (keyId: string, name: string, bytes: number) =>
      `${keyId} ${place(keyId, name).name} ${bytes}`;
    expect(await list()).toEqual([line(A, 'a', 3), line(A, 'b', 5), line(B, 'a', 4)].sort());
    await store.remove(place(A, 'a'));
    await store.remove(place(A, 'a'));
    await store.remove(place(B, 'a'));
    expect(await list()).toEqual([line(A, 'b', 5)]);
    expect(await read(place(B, 'a'))).toBeUndefined();
    expect(await put(place(B, 'a'), 'again')).toBe(true);
  });

  it('lists more than a store tells at once', async () => {
    const places = Array.from({ length: many }, (_, no) => place(A, String(no)));
    for (let at = 0; at < many; at += 50) {
      await Promise.all(places.slice(at, at + 50).map((each) => put(each, 'x')));
    }
    expect(await list()).toEqual(places.map(({ keyId, name }) => `${keyId} ${name} 1`).sort());
  });
}
