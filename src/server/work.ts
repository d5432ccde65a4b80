import { readFile } from 'node:fs/promises';
import { createDownloader } from '../download/download.ts';
import { openJobs } from '../jobs/open.ts';
import { openServingStore } from '../store/open.ts';
import { Examiner } from './examine.ts';
import { createRunner } from './job-runner.ts';
import { HANG_GRACE_MS, InspectPool } from './pool.ts';
import { PROBE, type Service, type ServiceInput } from './serve.ts';

/** A process that works on jobs. */
export type Worker = Pick<Service, 'extinct' | 'stop'>;

/**
 * Starts working on the jobs of a store, with nothing that listens. What was started is stopped again if a later part
 * cannot start.
 *
 * @throws DetectError `option.invalid`, `store.*`, or whatever keeps a worker from starting
 */
export async function startWorker({ options, policy, log }: ServiceInput): Promise<Worker> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.reverse()) await closer();
  };
  try {
    const { store } = await openServingStore({
      dataDir: options.dataDir,
      databaseUrl: options.databaseUrl,
      graceMs: options.storeGraceMs,
      onTrouble: (text, error) => log.warn({ err: String(error) }, text),
    });
    closers.push(() => store.close());
    let giveUp = () => {};
    const extinct = new Promise<void>((resolve) => {
      giveUp = resolve;
    });
    const pool = await InspectPool.start(
      {
        workers: options.workers,
        policy,
        limitMs: options.deadlineMs + HANG_GRACE_MS,
        onWorkerLost: (workers) => {
          log.error({ workers }, 'a worker went down');
          if (workers.alive === 0) giveUp();
        },
      },
      await readFile(PROBE),
    );
    closers.push(() => pool.close());
    const downloader = createDownloader({ allow: options.downloadAllow });
    closers.push(() => downloader.close());
    const jobs = await openJobs(store, options.dataDir);
    closers.push(() => jobs.close());
    const examiner = new Examiner({ ...options, downloader, pool });
    const runner = createRunner({ options, jobs, examiner, log });
    closers.push(() => runner.stop());
    runner.start();
    return { extinct, stop: close };
  } catch (error) {
    await close();
    throw error;
  }
}
