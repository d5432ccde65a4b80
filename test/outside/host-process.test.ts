/** The library as a guest: the program that it runs in goes on as it would without it, on either engine. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ROOT, runNode } from './installing.ts';

const LIBRARY = pathToFileURL(join(ROOT, 'dist', 'index.js')).href;
/** Judges a picture, and goes wrong afterwards where it is told to. */
const PROGRAM = `import { readFileSync } from 'node:fs';
import { createInspector } from ${JSON.stringify(fileURLToPath(LIBRARY))};

const [, , engine, picture, fails] = process.argv;
const heard = [];
if (fails) for (const event of ['unhandledRejection', 'uncaughtException']) process.on(event, ({ message }) => heard.push(message));
const inspector = await createInspector(engine === 'any' ? {} : { engine });
const { pass } = await inspector.inspect(readFileSync(picture));
await inspector.close();
if (fails) {
  Promise.reject(new Error('rejected'));
  setTimeout(() => { throw new Error('thrown'); });
  await new Promise((resolve) => setTimeout(resolve, 50));
}
console.log(JSON.stringify({ pass, heard, ...inspector.engines }));`;

let folder: string;
let program: string;
let picture: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lpd-host-'));
  program = join(folder, 'program.mjs');
  writeFileSync(program, PROGRAM);
  // Of all kinds of pictures, a JPEG alone is decoded without sharp.
  picture = join(folder, 'pass.png');
  await sharp(join(ROOT, 'examples', 'pass.jpg'))
    .png()
    .toFile(picture);
});
afterAll(() => rmSync(folder, { recursive: true }));

const ENGINES = ['native', 'wasm'] as const;
describe.each(ENGINES)('%s', (engine) => {
  test('errors of the program are left to its own handlers', async () => {
    const told = JSON.parse(await runNode([program, engine, picture, 'fails'], folder));
    expect(told).toMatchObject({ pass: true, networks: engine, heard: ['rejected', 'thrown'] });
  });

  test('a program that ends during the work does so with its own code, and quietly', async () => {
    const leaving = join(folder, 'leaving.mjs');
    writeFileSync(
      leaving,
      `import { readFileSync } from 'node:fs';
import { createInspector } from ${JSON.stringify(LIBRARY)};
const bytes = readFileSync(${JSON.stringify(picture)});
const inspector = await createInspector({ engine: ${JSON.stringify(engine)} });
for (let i = 0; i < 10; i++) inspector.inspect(bytes).catch(() => {});
setTimeout(() => process.exit(5), 5);`,
    );
    const { status, stderr } = spawnSync(process.execPath, [leaving], { encoding: 'utf8', timeout: 30_000 });
    expect({ status, stderr }).toEqual({ status: 5, stderr: '' });
  });
});

test("the program's own TensorFlow.js keeps its backend and its tensors", async () => {
  const own = join(folder, 'own.mjs');
  const { href } = new URL('node_modules/@tensorflow/', pathToFileURL(ROOT));
  writeFileSync(
    own,
    `import * as tf from '${href}tfjs-core/dist/tf-core.node.js';
import '${href}tfjs-backend-cpu/dist/tf-backend-cpu.node.js';
import { readFileSync } from 'node:fs';
import { createInspector } from ${JSON.stringify(LIBRARY)};
const { engine, setBackend, getBackend, memory } = tf.default ?? tf;
await setBackend('cpu');
const inspector = await createInspector({ engine: 'wasm' });
const bytes = readFileSync(${JSON.stringify(picture)});
await inspector.inspect(bytes);
const seen = { backend: getBackend(), tensors: memory().numTensors };
engine().reset();
console.log(JSON.stringify({ ...seen, pass: (await inspector.inspect(bytes)).pass }));
await inspector.close();`,
  );
  const [last = ''] = (await runNode([own], folder)).trim().split('\n').slice(-1);
  expect(JSON.parse(last)).toEqual({ backend: 'cpu', tensors: 0, pass: true });
});

describe("under Node's permission model without add-ons", () => {
  const [major] = process.versions.node.split('.');
  const flag = Number(major) < 22 ? '--experimental-permission' : '--permission';
  const judge = (...rights: readonly string[]) =>
    runNode([flag, '--allow-fs-read=*', ...rights, program, 'any', picture], folder);

  test('everything is WebAssembly', async () => {
    const told = JSON.parse(await judge('--allow-worker'));
    expect(told).toMatchObject({ pass: true, networks: 'wasm', decoding: 'wasm' });
  });

  test('and without threads, it says what to allow, and nothing waits in vain', async () => {
    await expect(judge()).rejects.toThrow('--allow-worker');
  });
});

test('in a bundle, which has not taken the networks along, it says so by its own error', async () => {
  const bundled = mkdtempSync(join(ROOT, 'node_modules', '.bundled-'));
  onTestFinished(() => rmSync(bundled, { recursive: true }));
  const outfile = join(bundled, 'program.mjs');
  await build({
    entryPoints: [program],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['sharp'],
  });
  await expect(runNode([outfile, 'any', picture], folder)).rejects.toThrow(
    /DetectError: .*The file \w+\.\w+ of liveportrait-detect is missing.*/,
  );
});
