/** A replica's process for the tests: `process.ts <url> <what> [arguments]`. */
import { openSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureFirstKey } from '../../../src/store/first-key.ts';
import { openServingStore } from '../../../src/store/open.ts';
import { openPostgres } from '../../../src/store/postgres/store.ts';

const [url = '', what = '', ...args] = process.argv.slice(2);

/** What each of ten replicas does at its start. */
async function first(): Promise<void> {
  const store = await openPostgres({ url });
  process.stdout.write(`${JSON.stringify(await ensureFirstKey(store, process.env))}\n`);
  await store.close();
}

function serving(dataDir: string) {
  return openServingStore({ dataDir, databaseUrl: url, graceMs: 60_000, onTrouble: () => undefined });
}

/** Writes a line for each answer, after its commit, into a file, as the embedded store's test does. */
async function answer(dataDir: string, file: string, concurrency: string): Promise<void> {
  const { store } = await serving(dataDir);
  const answers = openSync(file, 'a');
  const [key] = await store.listKeys();
  if (key === undefined) throw new Error('The test made no key.');
  const client = async () => {
    for (;;) {
      const reservation = await store.reserve(key).catch(() => undefined);
      if (reservation !== undefined) {
        await reservation.commit('pass');
        writeSync(answers, '200\n');
      }
      await sleep(2);
    }
  };
  await Promise.all(Array.from({ length: Number(concurrency) }, client));
}

if (what === 'first') await first();
else if (what === 'answer') await answer(args[0] ?? '', args[1] ?? '', args[2] ?? '');
else throw new Error(`Unknown: ${what}`);
