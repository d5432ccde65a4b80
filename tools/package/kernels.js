// Compiles the loops over pixels (src/core/kernels/assembly) from AssemblyScript into dist/kernels: WebAssembly of two kilobytes, in a
// module as text, so that it is there at once wherever the core runs and no bundler has to be told of a file.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const SOURCES = new URL('../../src/core/kernels/assembly/', import.meta.url);
const OUT = new URL('../../dist/kernels/', import.meta.url);

const OPTIONS = [
  '-O3',
  '--enable=simd',
  // Nothing is allocated there, and nothing imported.
  '--runtime=stub',
  '--noAssert',
  // Memory has 32 bits, so that places in it and counts may be mixed.
  '--disableWarning=201',
  `--baseDir=${fileURLToPath(SOURCES)}`,
  '--outFile=kernels.wasm',
];

const sources = readdirSync(SOURCES).filter((name) => name.endsWith('.ts'));
const outputs = new Map();
const { error, stderr } = await asc.main([...sources, ...OPTIONS], {
  writeFile: (name, contents) => outputs.set(name, contents),
});
const complaints = stderr.toString();
if (error !== null || complaints !== '') throw new Error(complaints, { cause: error });

const text = Buffer.from(outputs.get('kernels.wasm')).toString('base64');
mkdirSync(OUT, { recursive: true });
writeFileSync(new URL('wasm.js', OUT), `export const KERNELS = '${text}';\n`);
writeFileSync(
  new URL('wasm.d.ts', OUT),
  '/** A module of WebAssembly, in base64. */\nexport declare const KERNELS: string;\n',
);
