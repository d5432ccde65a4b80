// Lays the judge for browsers into dist/browser: its code in two files, the page's and the worker's, with all that they need of
// packages inside; the element for cameras, which loads the page's; and beside them TensorFlow.js's WebAssembly and the graphs,
// as they are. Whoever depends on us gets the files from our package and nothing else.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { licencesOf } from './licences.js';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const OUT = path('../../dist/browser/');
const CAPTURE = path('../../src/capture/');
const { resolve } = createRequire(import.meta.url);
const HUMAN = join(dirname(resolve('@vladmandic/human')), '../models');
const WASM = join(dirname(resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'wasm-out');

/** Files that the worker fetches, MoveNet's only where a policy asks for a body. */
const ASSETS = [
  join(WASM, 'tfjs-backend-wasm-simd.wasm'),
  ...['blazeface', 'facemesh', 'movenet-lightning'].flatMap((name) =>
    ['json', 'bin'].map((extension) => join(HUMAN, `${name}.${extension}`)),
  ),
];

/** One judge, and one class of errors, for a page that uses both: the element has none of its own. */
const judgeIsBeside = {
  name: 'judge-is-beside',
  setup({ onResolve }) {
    onResolve({ filter: /\/(?:browser\/inspector|errors)\.ts$/ }, ({ importer }) =>
      importer.startsWith(CAPTURE) ? { path: './index.js', external: true } : undefined,
    );
  },
};

mkdirSync(OUT, { recursive: true });
for (const file of ASSETS) copyFileSync(file, join(OUT, basename(file)));
const { metafile } = await build({
  entryPoints: {
    index: path('../../src/browser/index.ts'),
    worker: path('../../src/browser/worker.ts'),
    'portrait-capture': `${CAPTURE}index.ts`,
  },
  plugins: [judgeIsBeside],
  outdir: OUT,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  // TensorFlow.js's glue asks for these, which are Node's; webpack would answer yes, and then not have them.
  define: { __filename: 'undefined', __dirname: 'undefined' },
  minify: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});
writeFileSync(join(OUT, 'licenses.md'), licencesOf(Object.keys(metafile.inputs)));
