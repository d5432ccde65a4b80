/** How jobs and results look on the wire. */
import type { Job, ResultLine } from './job.ts';

/** A job as JSON. */
export function jobBody(job: Job): JobBody {
  const sums = { pass: 0, fail: 0, error: 0 };
  const reasons: Record<string, number> = {};
  for (const { outcome, token, count } of job.counts) {
    sums[outcome] += count;
    if (token !== '') reasons[token] = (reasons[token] ?? 0) + count;
  }
  return {
    id: job.id,
    state: job.state === 'open' ? (job.startedAt === null ? 'queued' : 'running') : job.state,
    total: job.total,
    answered: job.answered,
    ...sums,
    reasons,
    webhook: job.webhook,
    for: job.generator,
    created_at: job.createdAt,
    started_at: job.startedAt,
    ended_at: job.endedAt,
  };
}

/** See {@link jobBody}. */
export interface JobBody {
  readonly id: string;
  readonly state: 'receiving' | 'queued' | 'running' | 'done' | 'cancelled';
  readonly total: number;
  readonly answered: number;
  readonly pass: number;
  readonly fail: number;
  readonly error: number;
  /** How many items failed a check, or could not be inspected, by token. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly webhook: string | null;
  /** The generator that the pictures are for; null for what the service judges by. */
  readonly for: string | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
}

/** A result as a line of NDJSON. */
export function resultText({ cursor, no, url, name, result }: ResultLine): string {
  return `${JSON.stringify({ cursor, item: no, ...(name !== null && { id: name }), url, ...result })}\n`;
}

/** Whether a job has got all the results that it ever will. */
export function hasEnded({ state }: Pick<Job, 'state'>): boolean {
  return state === 'done' || state === 'cancelled';
}
