/** A second process on the same file, for the tests: `process.ts <file> <what> [argument]`. */
import { openSync, writeSync } from 'node:fs';
import { ensureFirstKey } from '../../../src/store/first-key.ts';
import { openSqlite } from '../../../src/store/sqlite/store.ts';

const [file = '', what = '', argument = ''] = process.argv.slice(2);
const store = await openSqlite({ file });

/**
 * Writes a line for each answer, as a service would answer: after its commit. Into a file, since a pipe's
 * writes may wait in the memory of the process and die with it.
 */
async function answerForever(): Promise<never> {
  const answers = openSync(argument, 'a');
  const [key] = await store.listKeys();
  if (key === undefined) throw new Error('The test made no key.');
  for (;;) {
    const reservation = await store.reserve(key);
    await reservation?.commit('pass');
    writeSync(answers, '200\n');
  }
}

if (what === 'first') process.stdout.write(`${JSON.stringify(await ensureFirstKey(store, process.env))}\n`);
else if (what === 'revoke') await store.revokeKey(argument);
else if (what === 'answer') await Promise.all(Array.from({ length: 8 }, answerForever));
else throw new Error(`Unknown: ${what}`);
await store.close();
