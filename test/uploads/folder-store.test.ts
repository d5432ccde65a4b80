import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Part } from '../../src/uploads/files.ts';
import { FolderStore } from '../../src/uploads/folder-store.ts';
import { placeOf } from '../../src/uploads/place.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { uploadStoreSuite } from './suite.ts';

uploadStoreSuite(1_100, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lpd-uploads-'));
  return {
    open: () => FolderStore.open(join(folder, 'uploads')),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
});

const PLACE = placeOf('dashscope-instant/0123456789abcdef/day/one/a.jpg');

it('is for the owner’s eyes only', async () => {
  const folder = join(await temporaryDirectory(), 'uploads');
  const store = await FolderStore.open(folder);
  const part = await Part.open(folder);
  await part.write(Buffer.from('hello'));
  await part.seal();
  await store.put(PLACE, part.path);
  const modes: number[] = [];
  for (const name of ['', 'signing.key', PLACE.keyId, join(PLACE.keyId, PLACE.name)]) {
    modes.push((await stat(join(folder, name))).mode & 0o777);
  }
  expect(modes).toEqual([0o700, 0o600, 0o700, 0o600]);
  // No part is left, and no folder without uploads.
  await store.remove(PLACE);
  for await (const _ of store.list());
  expect(await readdir(folder)).toEqual(['signing.key']);
});

it('says what is wrong with its folder', async () => {
  const folder = await temporaryDirectory();
  await writeFile(join(folder, 'signing.key'), 'too short');
  await expect(FolderStore.open(folder)).rejects.toMatchObject({
    code: 'upload.unavailable',
    message: 'The file signing.key does not hold 32 bytes.',
  });
  await writeFile(join(folder, 'file'), '');
  await expect(FolderStore.open(join(folder, 'file'))).rejects.toMatchObject({ code: 'upload.unavailable' });
});
