/**
 * Nobody but SQLite opens a database: closing any descriptor of its file takes the locks of the whole process with it
 * (see `src/store/sqlite/new-file.ts`). This finds the code that could; `test/outside/store.test.ts` what it would do.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const CODE = ['src', 'bin', 'tools', 'bench', 'test', 'deploy', 'web/src'];
/** This file names what it looks for. */
const SELF = join('test', 'store', 'sqlite', 'descriptors.test.ts');

/** What asks about a path, or changes a folder, and opens no file. */
const BY_PATH =
  /^(type )?(existsSync|mkdirSync|linkSync|rmSync|chmodSync|statSync|statfs|statfsSync|readdirSync|rm|mkdtemp|mkdtempSync)$/;
/** What names the file of a database, or opens one. */
const DATABASE = /\b(DATABASE_FILE|SPOOL_FILE)\b|\.db(-wal|-shm)?['"`]|['"`]-(wal|shm)['"`]|from 'libsql'/;
/** Code that may open files although it knows of databases, and what it opens. */
const MAY_OPEN: Readonly<Record<string, string>> = {
  'src/store/sqlite/new-file.ts': 'an empty file that has no name yet',
  'test/store/sqlite/processes.test.ts': 'the list of answers of a process',
  'test/store/sqlite/migrations.test.ts': 'a text that is taken for a database, before SQLite sees it',
  'test/deploy/docs.test.ts': 'the docs',
  'test/outside/store.test.ts': "the system's list of locks",
  'test/outside/disk.test.ts': 'a file that fills the disk',
};

const files = CODE.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
).filter((file) => file !== SELF);
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const modules = files.filter((file) => /\.[cm]?[jt]s$/.test(file) && !file.includes('node_modules'));
const near = modules.filter((file) => /^src\/(store|jobs)\//.test(file) || DATABASE.test(read(file)));

/** What a module takes from the file system by name; "everything" where it takes it whole. */
function takesOf(source: string): string[] {
  const named = [...source.matchAll(/import \{([^}]*)\} from '(?:node:)?fs(?:\/promises)?'/g)];
  const all = [...source.matchAll(/['"](?:node:)?fs(?:\/promises)?['"]/g)];
  const names = named.flatMap(([, list]) => (list ?? '').split(',').map((name) => name.trim()));
  return [...names.filter((name) => name !== ''), ...(all.length > named.length ? ['everything'] : [])];
}

describe('code that knows of a database asks about its file by path only', () => {
  it('finds such code', () => {
    expect(near).toEqual(expect.arrayContaining(['src/store/open.ts', 'src/store/postgres/spool.ts']));
    expect(takesOf("import { closeSync, openSync } from 'node:fs';")).toEqual(['closeSync', 'openSync']);
    expect(takesOf("import * as fs from 'node:fs';")).toEqual(['everything']);
  });

  test.each(near.filter((file) => MAY_OPEN[file] === undefined))('%s', (file) => {
    const opening = takesOf(read(file)).filter((name) => !BY_PATH.test(name));
    expect(opening, 'opens files: see src/store/sqlite/new-file.ts').toEqual([]);
  });

  it('and the one that makes the file opens it before it has its name', () => {
    const opens = read('src/store/sqlite/new-file.ts').match(/openSync\([^)]*\)/g);
    expect(opens).toEqual(["openSync(draft, 'wx', FILE_MODE)"]);
  });
});

it('only one file of the product opens databases, so that all are opened alike', () => {
  const openers = modules.filter(
    (file) => /^src\//.test(file) && /from 'libsql'|import\('libsql'\)/.test(read(file)),
  );
  expect(openers).toEqual(['src/store/sqlite/connection.ts']);
});

it('no script and no page says to copy a live one', () => {
  const docs = readdirSync(join(ROOT, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file));
  const scripts = files.filter((file) => file.startsWith('deploy') && /\.(sh|ya?ml)$|Dockerfile/.test(file));
  for (const file of [...docs, ...scripts, 'README.md', 'Dockerfile'])
    expect(read(file), file).not.toMatch(/\b(cp|mv|cat|dd|tar|rsync|scp|gzip)\b[^\n|]*\.db\b/);
});
