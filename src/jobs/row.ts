/** A row of the table of jobs, which is the same in both databases but for how they give times. */
import type { Count, Job, JobState } from './job.ts';

/** See the top. @typeParam Time what a column with a time is read as */
export interface JobRow<Time extends Date | number> {
  readonly id: string;
  readonly key_id: string;
  readonly state: JobState;
  readonly total: number;
  readonly answered: number;
  readonly webhook: string | null;
  readonly secret: string | null;
  readonly generator: string | null;
  readonly created_at: Time;
  readonly started_at: Time | null;
  readonly ended_at: Time | null;
}

/** The job of a row, with the counts of its results. */
export function toJob(row: JobRow<Date | number>, counts: readonly Count[]): Job {
  return {
    id: row.id,
    keyId: row.key_id,
    state: row.state,
    total: row.total,
    answered: row.answered,
    counts,
    webhook: row.webhook,
    generator: row.generator,
    createdAt: isoOf(row.created_at),
    startedAt: row.started_at === null ? null : isoOf(row.started_at),
    endedAt: row.ended_at === null ? null : isoOf(row.ended_at),
  };
}

function isoOf(time: Date | number): string {
  return new Date(time).toISOString();
}
