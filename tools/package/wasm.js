// Lays into dist/wasm what runs where native parts do not load: TensorFlow.js's WebAssembly with the networks, and sharp with
// libvips as WebAssembly. Both are development dependencies: npm would not install the second beside a native sharp, and whoever
// depends on us needs a few files of the packages and none of their other parts.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { modestSharp, quietTensorflow } from './guests.js';
import { licencesOf } from './licences.js';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const { resolve } = createRequire(import.meta.url);
const OUT = path('../../dist/wasm/');

const TENSORFLOW_BINARY = 'tfjs-backend-wasm-simd.wasm';

const SHARP = dirname(resolve('sharp'));
const SHARP_WASM = dirname(resolve('@img/sharp-wasm32/package'));
/** Beside the code of sharp, in a file of its own: its threads start from that file, too. */
const SHARP_BINDING = './binding.cjs';

/** In place of the module of sharp that looks for the native part. */
const ownBinding = {
  name: 'own binding',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/sharp\.cjs$/ }, () => ({ path: SHARP_BINDING, external: true }));
  },
};

rmSync(OUT, { recursive: true, force: true });
await layNetworks(join(OUT, 'networks'));
await laySharp(join(OUT, 'sharp'));

async function layNetworks(folder) {
  const inputs = await bundle(path('../../src/wasm/node.ts'), join(folder, 'index.cjs'), {
    // Of these modules, most is shaken out.
    mainFields: ['module', 'main'],
    // Asked for an address to fetch from only, which nobody gives it.
    external: ['node-fetch'],
    plugins: quietTensorflow,
  });
  const binaries = join(dirname(resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'wasm-out');
  lay(folder, [join(binaries, TENSORFLOW_BINARY)]);
  writeFileSync(join(folder, 'licenses.md'), licencesOf(inputs));
}

async function laySharp(folder) {
  const { version } = readJson(join(SHARP_WASM, 'package.json'));
  const { version: ofSharp } = readJson(join(SHARP, '../package.json'));
  if (version !== ofSharp) throw new Error(`sharp is ${ofSharp}, and its WebAssembly ${version}`);
  const code = join(SHARP_WASM, 'lib', `sharp-wasm32-${version}.node`);
  const inputs = [
    ...(await bundle(join(SHARP, 'index.cjs'), join(folder, 'index.cjs'), { plugins: [ownBinding] })),
    ...(await bundle(`${code}.js`, join(folder, SHARP_BINDING), { plugins: modestSharp })),
  ];
  // Its README names all libraries that are in the binary, with their licences.
  lay(folder, [`${code}.wasm`, join(SHARP_WASM, 'LICENSE'), join(SHARP_WASM, 'README.md')]);
  writeFileSync(join(folder, 'licenses.md'), licencesOf(inputs));
}

/**
 * Makes one CommonJS file of a module and all that it imports: what Emscripten makes asks for its own place by `__filename`.
 *
 * @returns paths of what is in it
 */
async function bundle(input, outfile, options = {}) {
  const { metafile } = await build({
    entryPoints: [input],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    ...options,
  });
  return Object.keys(metafile.inputs);
}

function lay(folder, files) {
  for (const file of files) copyFileSync(file, join(folder, basename(file)));
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
