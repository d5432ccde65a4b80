/** How jobs and results look on the wire. */
import type { JobBody, ResultBody } from '../wire/job.ts';
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

/** A result as a line of NDJSON. */
export function resultText({ cursor, no, url, name, result }: ResultLine): string {
  const body: ResultBody = { cursor, item: no, ...(name !== null && { id: name }), url, ...result };
  return `${JSON.stringify(body)}\n`;
}

/** Whether a job has got all the results that it ever will. */
export function hasEnded({ state }: Pick<Job, 'state'>): boolean {
  return state === 'done' || state === 'cancelled';
}
