import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SRC = join(ROOT, 'src');

/** The rooms of the core, which runs anywhere, that are folders. */
const CORE_FOLDERS = [
  'core/image',
  'core/kernels',
  'core/models',
  'core/face',
  'core/body',
  'core/checks',
  'core/words',
];
/** All of them. */
const CORE = [
  ...CORE_FOLDERS,
  'core/base64.ts',
  'core/inspect.ts',
  'core/inspection.ts',
  'core/option-names.ts',
];

/**
 * Which rooms a room may look into; files directly in src/ and src/core/ are rooms of their own. The catalogue of errors and
 * the words of an inspection import nothing, so every room may use them.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  'core/inspection.ts': [],
  'core/image': [],
  'core/base64.ts': [],
  'core/kernels': ['core/base64.ts'],
  'core/models': ['core/base64.ts'],
  'core/face': ['core/image', 'core/kernels', 'core/models'],
  'core/body': ['core/face', 'core/image'],
  // What each language says: of an inspection, and of nothing else.
  'core/words': ['errors'],
  'core/checks': ['core/words'],
  'core/inspect.ts': [...CORE_FOLDERS, 'core/option-names.ts'],
  'core/option-names.ts': [],
  node: [...CORE],
  capture: ['browser', 'core/face', 'core/checks', 'core/words', 'errors'],
  // A request may carry a policy and a picture, so the wire knows the names and numbers of their limits.
  wire: ['core/checks', 'core/image'],
  'index.ts': ['core/inspect.ts', 'core/image', 'core/checks', 'core/words', 'node', 'repair'],
  evaluation: ['core/checks', 'core/words', 'report'],
  // Files, downloads and inspections are lent to it.
  mcp: ['core/checks', 'core/image', 'repair', 'wire'],
  client: ['core/checks', 'core/image', 'wire'],
  film: ['workers'],
  // It names what a server sent in place of a picture.
  download: ['core/image'],
  store: [],
  // Knows of no HTTP server: who inspects a picture is handed in.
  jobs: ['wire', 'store', 'download'],
  // Knows of one place to call, and not who may: the server does.
  upstream: ['download'],
  // Who asks is told apart by the server; a file's room is the disk's, and how slow a line may be is the downloads'.
  uploads: ['store', 'download'],
  annotate: ['core/image', 'core/face', 'core/checks', 'core/words', 'node'],
  workers: ['core/checks', 'core/image', 'annotate', 'node', 'wire'],
  repair: ['core/inspect.ts', 'core/image', 'core/face', 'core/checks', 'core/words', 'node', 'workers'],
};
const FREE = ['errors.ts', 'core/inspection.ts'];

/** Rooms that take the names of checks, limits and reasons from the rules: types, which are gone when it runs. */
const MAY_IMPORT_TYPES: Readonly<Record<string, readonly string[]>> = {
  'core/inspection.ts': ['core/checks'],
  'core/option-names.ts': ['core/inspect.ts'],
  'core/words': ['core/checks', 'core/image'],
};
/** Parts from npm that must not reach what judges in Node: it touches no network, no HTTP and no store. */
const SHELL_PACKAGES = [
  'undici',
  'fastify',
  'node:child_process',
  'libsql',
  'pino',
  'commander',
  'node:http',
  'node:net',
];

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

function roomOf(file: string): string {
  const [room, inner] = file.split(/[\\/]/);
  return room === 'core' ? `${room}/${inner}` : room;
}

function sourceOf(file: string): string {
  return readFileSync(join(SRC, file), 'utf8');
}

/** What an `import type` names is not there any more when it runs. */
function withoutTypes(source: string): string {
  return source.replaceAll(/^(?:import|export) type [^;]*;/gm, '');
}

function importsOf(file: string, source = sourceOf(file)): string[] {
  return [...source.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map((match) => match[1]);
}

describe('arrows run downwards only', () => {
  test.each(files)('%s', (file) => {
    const room = roomOf(file);
    const values = importsOf(file, withoutTypes(sourceOf(file)));
    for (const specifier of importsOf(file)) {
      // What the build makes of this room's own sources.
      if (specifier === '#kernels' && room === 'core/kernels') continue;
      if (!specifier.startsWith('.')) {
        expect(CORE.includes(room), `${file} imports ${specifier}: the core runs anywhere`).toBe(false);
        if (room === 'node') expect(SHELL_PACKAGES, `${file} imports ${specifier}`).not.toContain(specifier);
        continue;
      }
      const target = relative(SRC, resolve(SRC, dirname(file), specifier));
      const targetRoom = roomOf(target);
      if (targetRoom === room || FREE.includes(target)) continue;
      if (MAY_IMPORT_TYPES[room]?.includes(targetRoom) && !values.includes(specifier)) continue;
      expect(targetRoom === 'cli', `${file} imports ${target}: nothing imports the command line`).toBe(false);
      const allowed = MAY_IMPORT[room];
      if (allowed) expect(allowed, `${file} imports ${target}`).toContain(targetRoom);
    }
  });
});

test('the client takes types and constants from elsewhere, and nothing that needs a package or Node', () => {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const values = withoutTypes(sourceOf(file));
    for (const [, specifier = ''] of values.matchAll(/(?:from|import\()\s*'([^']+)'/g)) {
      expect(specifier, file).toMatch(/^\./);
      visit(relative(SRC, resolve(SRC, dirname(file), specifier)));
    }
  };
  visit(join('client', 'index.ts'));
  const elsewhere = [...seen].filter((file) => !/^(?:client|errors)\b/.test(file));
  expect(elsewhere.sort()).toEqual(['core/image/limits.ts', 'wire/body-limit.ts', 'wire/paths.ts']);
});

test('the catalogue of errors and the words import nothing but their own families', () => {
  const families = files.filter((file) => dirname(file) === 'errors');
  expect(families.length).toBeGreaterThan(1);
  for (const file of [...FREE, ...families]) {
    const targets = importsOf(file, withoutTypes(sourceOf(file))).map((specifier) =>
      join(dirname(file), specifier),
    );
    expect(targets.filter((target) => !families.includes(target))).toEqual([]);
  }
});

test('the library names what it exports, one line each', () => {
  expect(readFileSync(join(SRC, 'index.ts'), 'utf8')).not.toMatch(/export \*/);
});
