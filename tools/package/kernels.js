// Compiles what is in AssemblyScript into dist/kernels: the loops over pixels, and the decoder of JPEGs. Each is WebAssembly of a few
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

await compile('../../src/core/kernels/assembly/', 'wasm.js', 'KERNELS');
await compile('../../src/node/decode/jpeg/assembly/', 'jpeg.js', 'JPEG', ['decode.ts']);

/** @param entries the files whose exports the module has; all of the folder if left out */
async function compile(folder, file, name, entries) {
  const sources = new URL(folder, import.meta.url);
  const all = readdirSync(sources).filter((one) => one.endsWith('.ts'));
  const outputs = new Map();
  const { error, stderr } = await asc.main(
    [...(entries ?? all), ...OPTIONS, `--baseDir=${fileURLToPath(sources)}`, '--outFile=out.wasm'],
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
