/** When `npm test` builds first: where dist/ is not what a build would make. */
import { appendFileSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryDirectory } from '../../store/temporary.ts';

const { isBuilt, noteBuilt } = (await import(
  new URL('../../../tools/package/built.js', import.meta.url).href
)) as Record<'isBuilt' | 'noteBuilt', (root: string) => boolean>;

const FILES = [
  'package.json',
  'package-lock.json',
  'src/core/a.ts',
  'src/docs/b.ts',
  'web/index.html',
  'tools/package/c.js',
  'dist/core/a.js',
  'dist/web/index.html',
];

let root: string;
const write = (path: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), path);
};
beforeEach(async () => {
  root = await temporaryDirectory();
  for (const file of FILES) write(file);
  noteBuilt(root);
  expect(isBuilt(root)).toBe(true);
});

test.each(FILES)('a change of %s is built', (file) => {
  appendFileSync(join(root, file), ' ');
  expect(isBuilt(root)).toBe(false);
});

test.each(FILES)('%s that is gone is built', (file) => {
  rmSync(join(root, file));
  expect(isBuilt(root)).toBe(false);
});

test.each(['new/a.ts', 'src/new.ts', 'vite.config.ts', 'dist/new.js'])('a new file, %s, is built', (file) => {
  write(file);
  expect(isBuilt(root)).toBe(false);
});

test('what was written by something else since then is built, though it has its size', () => {
  utimesSync(join(root, 'dist/core/a.js'), 1, 1);
  expect(isBuilt(root)).toBe(false);
});

test('packages that are new are built, and so is what was never built', () => {
  rmSync(join(root, 'node_modules'), { recursive: true });
  expect(isBuilt(root)).toBe(false);
  rmSync(join(root, 'dist'), { recursive: true });
  expect(isBuilt(root)).toBe(false);
});

test.each(['docs/a.md', 'README.md', 'test/a.test.ts', 'bench/a.ts', 'tools/train/cache/a', '.ci/run'])(
  'no build reads %s',
  (file) => {
    write(file);
    expect(isBuilt(root)).toBe(true);
  },
);
