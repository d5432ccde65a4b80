/** Programs that use the library as those do who depend on it. */
import { join } from 'node:path';
import { ROOT } from './installing.ts';

/** What is judged. */
export const PICTURE = join(ROOT, 'examples', 'pass.jpg');

/** What every program below does with the library, and prints. */
const USE = `
async function use(bytes) {
  const inspector = await createInspector({ policy: { minFaceWidth: 128 } });
  const underWay = inspector.inspect(bytes);
  await Promise.all([inspector.close(), inspector.close(), inspector[Symbol.asyncDispose]()]);
  const late = await inspector.inspect(bytes).then(() => 'inspected', (error) => error);
  const { pass } = await underWay;
  return JSON.stringify({ pass, late: late instanceof DetectError && late.code });
}`;
/** What they print. */
export const USED = { pass: true, late: 'inspector.closed' };

/** Programs that use the library, by their files' names. */
export const PROGRAMS = {
  'program.mjs': `import { readFile } from 'node:fs/promises';
import { createInspector, DetectError } from 'liveportrait-detect';
${USE}
console.log(await use(await readFile(process.argv[2])));`,
  'program.cjs': `const { readFileSync } = require('node:fs');
const { createInspector, DetectError } = require('liveportrait-detect');
${USE}
use(readFileSync(process.argv[2])).then(console.log);`,
  'threads.mjs': `import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { readFile } from 'node:fs/promises';
import { createInspector, DetectError } from 'liveportrait-detect';
${USE}
if (isMainThread) {
  const started = [1, 2].map(() => new Worker(new URL(import.meta.url), { workerData: process.argv[2] }));
  const [first] = await Promise.all(started.map((worker) => new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  })));
  console.log(first);
} else parentPort.postMessage(await use(await readFile(workerData)));`,
};
