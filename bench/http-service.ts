import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Readiness } from '../src/server/readiness.ts';
import { familyCpuMsOf, makeKey, memoryMbOf, startCommand } from './service.ts';

/** How often a service is asked whether it is ready, in milliseconds. */
const ASK_MS = 2;

/** A service that answers, with a key that has no rate to speak of. */
export interface HttpService {
  readonly url: string;
  readonly key: string;
  /** From the start of its process until it was ready, in milliseconds. */
  readonly startMs: number;
  /** Processor time so far, in milliseconds. */
  cpuMs(): Promise<number>;
  /** Memory that it holds with its workers, in MB. */
  memoryMb(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a service and waits until all of its workers are there, so that their start is not counted among their work. */
export async function startService(workers: number): Promise<HttpService> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lpd-bench-'));
  const env = { LPD_DATA_DIR: dataDir, LPD_WORKERS: String(workers) };
  const key = await makeKey(env);
  const started = performance.now();
  const { child, says, stop } = await startCommand('serve', env);
  const url = await says(/"url":"([^"]+)"/);
  while ((await fetch(`${url}/readyz`)).status !== 200) await sleep(ASK_MS);
  const startMs = performance.now() - started;
  while (!(await isComplete(url))) await sleep(ASK_MS);
  return {
    url,
    key,
    startMs,
    cpuMs: () => familyCpuMsOf(child.pid),
    memoryMb: () => memoryMbOf(child.pid),
    async stop() {
      await stop();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** Whether a service has as many workers as it wants. */
async function isComplete(url: string): Promise<boolean> {
  const { workers } = (await (await fetch(`${url}/readyz`)).json()) as Readiness;
  return workers.alive >= workers.wanted;
}
