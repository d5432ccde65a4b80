/** What a process needs to inspect for others, whether it serves or works on jobs alone. */
import { readFile } from 'node:fs/promises';
import { createDownloader, type Downloader } from '../download/download.ts';
import type { Self } from '../download/guard.ts';
import { openJobs } from '../jobs/open.ts';
import type { Runner } from '../jobs/runner.ts';
import type { JobStore } from '../jobs/store.ts';
import { openServingStore, type ServingStore } from '../store/open.ts';
import { InspectPool } from '../workers/pool.ts';
import type { Closers } from './closers.ts';
import { Examiner } from './examine.ts';
import { createRunner } from './job-runner.ts';
import { Metrics } from './metrics.ts';
import { MIB } from './options.ts';
import { PROBE } from './package-files.ts';
import type { ServiceInput } from './serve.ts';
import { troubleLog } from './trouble.ts';

/** The parts. The first worker is starting, the others and the runner are not started yet, and the rest runs. */
export interface Parts extends ServingStore {
  readonly pool: InspectPool;
  readonly downloader: Downloader;
  readonly examiner: Examiner;
  readonly jobs: JobStore;
  /** This process's share of the work on jobs, not started yet. */
  readonly runner: Runner;
  readonly metrics: Metrics;
  /** Resolves when the first worker has found a face in the probe; rejects with what keeps it from that. */
  readonly proved: Promise<void>;
  /** Starts the workers beside the first one; to be called when the process is ready, which they would only delay. */
  readonly startOthers: () => void;
  /** Resolves when no worker is left and none can be started: only a new process helps. */
  readonly extinct: Promise<void>;
}

/**
 * Opens the store, starts the first worker, and makes what goes between them. It does not wait for the worker, which takes
 * the longest to start, so that this thread can load and build meanwhile what else is needed.
 *
 * @param self where this process itself listens, which no download may reach
 * @param closers takes what ends them, also when a later part cannot start
 * @param spare workers beside those that the options name, so that no key can hold all of them
 * @throws DetectError `store.*`
 */
export async function openParts(
  { options, policy, log, ahead }: ServiceInput,
  self: Self,
  closers: Closers,
  spare: number,
): Promise<Parts> {
  const metrics = new Metrics();
  let giveUp = () => {};
  const extinct = new Promise<void>((resolve) => {
    giveUp = resolve;
  });
  let startOthers = () => {};
  const started = new Promise<void>((resolve) => {
    startOthers = resolve;
  });
  const pool = new InspectPool({
    workers: options.workers,
    spare,
    othersAfter: started,
    policy,
    engine: options.engine,
    ahead,
    probe: await readFile(PROBE),
    limitMs: options.deadlineMs,
    cpuMs: options.inspectMs,
    onWorkerLost: (why, workers) => {
      metrics.workerLost();
      log.error({ workers, why }, 'a worker went down');
    },
    onExtinct: giveUp,
  });
  closers.add(() => pool.close());
  const proved = pool.readyForOne();
  // Whoever waits for it is told; until then something else may go wrong first.
  proved.catch(() => undefined);

  const tell = troubleLog(log);
  const serving = await openServingStore({
    dataDir: options.dataDir,
    databaseUrl: options.databaseUrl,
    graceMs: options.storeGraceMs,
    onTrouble: tell,
  });
  closers.add(() => serving.store.close());
  metrics.watchStore(serving);

  const downloader = createDownloader({ allow: options.downloadAllow, self });
  closers.add(() => downloader.close());
  const examiner = new Examiner({ ...options, downloader, pool });

  const onJobTrouble = (error: unknown) => tell('jobs had to wait', error);
  const jobs = await openJobs(serving.store, options.dataDir, {
    itemMs: options.deadlineMs,
    keyBytes: options.keyJobsMib * MIB,
    floorBytes: options.diskFloorMib * MIB,
    onTrouble: onJobTrouble,
  });
  closers.add(() => jobs.close());
  metrics.watchJobs(() => jobs.depth());
  const runner = createRunner({
    options,
    jobs,
    examiner,
    onTrouble: onJobTrouble,
    self,
    onAttempt: (outcome) => metrics.attempted(outcome),
  });
  closers.add(() => runner.stop());
  return { ...serving, pool, downloader, examiner, jobs, runner, metrics, proved, startOthers, extinct };
}
