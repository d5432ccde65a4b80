/** Opens an embedded store with its jobs, and tells which CommonJS modules that took. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJobs } from '../../src/jobs/open.ts';
import { openStore } from '../../src/store/open.ts';

const dataDir = await mkdtemp(join(tmpdir(), 'lpd-loaded-'));
const store = await openStore({ dataDir });
const jobs = await openJobs(store, dataDir);
await jobs.close();
await store.close();
await rm(dataDir, { recursive: true });
process.stdout.write(JSON.stringify(Object.keys(createRequire(import.meta.url).cache)));
