import type { Self } from '../download/guard.ts';
import { Hosts } from '../jobs/hosts.ts';
import { Runner } from '../jobs/runner.ts';
import type { JobStore } from '../jobs/store.ts';
import { type Inspect, ITEMS_PER_LANE } from '../jobs/turn.ts';
import { createDeliver } from '../jobs/webhook.ts';
import { inspectBy } from './errand.ts';
import type { Examiner } from './examine.ts';
import type { Attempt } from './metrics.ts';
import type { Options } from './options.ts';

/** Batches that may be under way, for each that the workers need: so many wait for slow servers. */
const SLOW_LANES = 4;

/** What the work on jobs is made of. */
export interface JobRunnerDeps {
  readonly options: Pick<Options, 'workers' | 'downloads' | 'deadlineMs' | 'downloadAllow'>;
  readonly jobs: JobStore;
  readonly examiner: Pick<Examiner, 'fromUrl' | 'inspections'>;
  /** Told of what went wrong with the queue itself, for the log. */
  readonly onTrouble: (error: unknown) => void;
  /** Where this process itself listens; nowhere when left out. */
  readonly self?: Self;
  /** Told of every attempt at an item. */
  readonly onAttempt?: (outcome: Attempt) => void;
}

/** This process's share of the work on jobs, not started yet. */
export function createRunner({ options, jobs, examiner, onTrouble, self, onAttempt }: JobRunnerDeps): Runner {
  // One more than can be inspected at a time, whose items are downloaded meanwhile.
  const lanes = options.workers + 1;
  return new Runner({
    jobs,
    inspect: counted(inspectBy(examiner, options.deadlineMs), onAttempt),
    hosts: new Hosts(),
    deliver: createDeliver({ allow: options.downloadAllow, ...(self && { self }) }),
    lanes,
    // As many as need not wait for each other's downloads, of which jobs have half at most.
    mostLanes: Math.min(lanes * SLOW_LANES, Math.floor(options.downloads / 2 / ITEMS_PER_LANE)),
    isIdle: () => examiner.inspections.active < options.workers,
    onTrouble,
  });
}

function counted(inspect: Inspect, onAttempt: JobRunnerDeps['onAttempt'] = () => undefined): Inspect {
  return async (url, by) => {
    try {
      const inspection = await inspect(url, by);
      onAttempt(inspection.pass ? 'pass' : 'fail');
      return inspection;
    } catch (error) {
      onAttempt('none');
      throw error;
    }
  };
}
