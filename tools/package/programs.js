// Lays the programs into dist/programs: the command line with the service, and the two processes that open other people's
// files. Each is a few files in place of some two hundred, which Node would find and read one by one at every start. All
// lie in one folder, two below the package's, as their sources do: code that looks beside itself finds the same things.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const OUT = path('../../dist/programs/');

/** What packages bring stays theirs, as do `#…`, which `package.json` maps. */
const OF_OTHERS = /^(?:node:|#|@?[a-z])/i;

const bundle = await rolldown({
  input: {
    cli: path('../../src/cli/start.ts'),
    'inspect-worker': path('../../src/workers/inspect-worker.ts'),
    'reader-process': path('../../src/repair/reader-process.ts'),
  },
  platform: 'node',
  external: (id) => OF_OTHERS.test(id),
  onLog: (level, log) => {
    if (level === 'warn') throw new Error(log.message);
  },
});
const { output } = await bundle.generate({
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: '[name].js',
});
await bundle.close();

// File by file, and only where it differs: tests do this at every run, and processes of another one may be about to read them.
mkdirSync(OUT, { recursive: true });
for (const { fileName, code } of output) {
  if (textOf(fileName) === code) continue;
  writeFileSync(`${OUT}.${fileName}`, code);
  renameSync(`${OUT}.${fileName}`, OUT + fileName);
}
const laid = new Set(output.map(({ fileName }) => fileName));
for (const name of readdirSync(OUT)) if (!laid.has(name)) rmSync(OUT + name, { recursive: true });

function textOf(name) {
  return existsSync(OUT + name) ? readFileSync(OUT + name, 'utf8') : undefined;
}
