// Compiles what is in AssemblyScript into dist/kernels: the loops over pixels, and the decoders. Each is WebAssembly of a few
// kilobytes, in a module as text, so that it is there at once wherever it runs and no bundler has to be told of a file.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const OUT = new URL('../../dist/kernels/', import.meta.url);

const OPTIONS = [
  '-O3',
  '--enable=simd',
  // Nothing is allocated by the language itself, and nothing imported.
  '--runtime=stub',
  '--noAssert',
  // Memory has 32 bits, so that places in it and counts may be mixed.
  '--disableWarning=201',
  // Files lend vectors to one another, but no module lends any to JavaScript.
  '--disableWarning=112',
];

const LOOPS = '../../src/core/kernels/assembly/';
const DECODERS = '../../src/node/decode/';

await compile(LOOPS, 'wasm.js', 'KERNELS', scriptsIn(LOOPS));
await compile(DECODERS, 'jpeg.js', 'JPEG', ['jpeg/assembly/decode.ts']);
await compile(DECODERS, 'png.js', 'PNG', ['png/assembly/decode.ts']);

function scriptsIn(folder) {
  return readdirSync(new URL(folder, import.meta.url)).filter((file) => file.endsWith('.ts'));
}

/** @param entries the files, in a folder, whose exports the module has */
async function compile(folder, file, name, entries) {
  const sources = new URL(folder, import.meta.url);
  const outputs = new Map();
  const { error, stderr } = await asc.main(
    [...entries, ...OPTIONS, `--baseDir=${fileURLToPath(sources)}`, '--outFile=out.wasm'],
    { writeFile: (path, contents) => outputs.set(path, contents) },
  );
  const complaints = stderr.toString();
  if (error !== null || complaints !== '') throw new Error(complaints, { cause: error });
  const text = Buffer.from(outputs.get('out.wasm')).toString('base64');
  mkdirSync(OUT, { recursive: true });
  writeFileSync(new URL(file, OUT), `export const ${name} = '${text}';\n`);
  writeFileSync(
    new URL(file.replace('.js', '.d.ts'), OUT),
    `/** A module of WebAssembly, in base64. */\nexport declare const ${name}: string;\n`,
  );
}
