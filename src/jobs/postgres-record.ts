/** Writing results into PostgreSQL, each once, and no more with a verdict than the key's quota covers. */

import { DetectError } from '../errors.ts';
import type { Query } from '../store/postgres/database.ts';
import { type Answer, outcomeOf } from './job.ts';
import { SQL } from './postgres-statements.ts';

/** Whose job it is that is answered, and that key's quota in images. */
interface OpenJob {
  readonly key_id: string;
  readonly quota: number | null;
}

/**
 * Writes the results of one job, those that are new. In a transaction.
 *
 * @returns whose job has ended with it and has a webhook, if that is so
 */
export async function recordAnswers(
  query: Query,
  jobId: string,
  answers: readonly Answer[],
): Promise<{ readonly endedOf: string | undefined }> {
  const [job] = await query<OpenJob>(SQL.lockJob, [jobId]);
  if (job === undefined) return { endedOf: undefined };
  const tells = await recordOf(query, jobId, job, await withoutAnswered(query, jobId, answers));
  return { endedOf: tells ? job.key_id : undefined };
}

/** Those that are new, once each. The job is locked, so nobody can add one meanwhile. */
async function withoutAnswered(query: Query, jobId: string, answers: readonly Answer[]): Promise<Answer[]> {
  const byNo = new Map(answers.map((answer) => [answer.no, answer]));
  for (const { no } of await query<{ no: number }>(SQL.answered, [jobId, [...byNo.keys()]])) byNo.delete(no);
  return [...byNo.values()];
}

/** @returns whether that was the end of a job that has a webhook */
async function recordOf(
  query: Query,
  jobId: string,
  { key_id: keyId, quota }: OpenJob,
  answers: readonly Answer[],
): Promise<boolean> {
  if (answers.length === 0) return false;
  const payable = quota === null ? answers : await withinQuota(query, keyId, quota, answers);
  const lines = payable.map(({ no, result }) => ({ no, text: JSON.stringify(result), ...outcomeOf(result) }));
  const [end] = await query<{ tells: boolean }>(SQL.record, [
    jobId,
    lines.map(({ no }) => no),
    lines.map(({ text }) => text),
    lines.map(({ outcome }) => outcome),
    lines.map(({ token }) => token),
    keyId,
    new Date().toISOString().slice(0, 'YYYY-MM-DD'.length),
  ]);
  return end?.tells ?? false;
}

/** What the quota does not cover becomes its error: the quota is locked until the answers are written. */
async function withinQuota(
  query: Query,
  keyId: string,
  quota: number,
  answers: readonly Answer[],
): Promise<readonly Answer[]> {
  const [row] = await query<{ spent: number }>(SQL.lockQuota, [keyId]);
  let left = quota - (row?.spent ?? 0);
  return answers.map((answer) => {
    if (outcomeOf(answer.result).outcome === 'error' || left-- > 0) return answer;
    const { code, message } = new DetectError('key.quota');
    return { ...answer, result: { error: { code, message } } };
  });
}
