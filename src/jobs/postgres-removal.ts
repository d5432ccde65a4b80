/** Taking away what is not kept any longer, or is of no use, from PostgreSQL, a little at a time. */
import type { Query, Statement } from '../store/postgres/database.ts';
import { itemBytesSql } from './bytes.ts';
import { ABANDONED_MS, KEPT_MS, SLICE_ROWS } from './job.ts';
import { statement } from './postgres-statements.ts';

const ms = (value: number) => `${value} * interval '1 millisecond'`;

/** Takes some rows of a job that is over. */
function remove(table: string): Statement {
  return statement(
    `remove-${table}`,
    `DELETE FROM lpd.${table} WHERE job_id = $1 AND no IN (
      SELECT no FROM lpd.${table} WHERE job_id = $1 ORDER BY no LIMIT ${SLICE_ROWS}
    ) RETURNING no`,
  );
}

const SQL = {
  /** One that no other process is removing: whoever finds its rows gone because another takes them would take the job. */
  over: statement(
    'over',
    `SELECT id FROM lpd.jobs WHERE ended_at < now() - ${ms(KEPT_MS)}
      OR (state = 'receiving' AND created_at < now() - ${ms(ABANDONED_MS)})
    LIMIT 1 FOR UPDATE SKIP LOCKED`,
  ),
  removeItems: remove('job_items'),
  removeResults: remove('job_results'),
  removeJob: statement(
    'remove',
    `WITH counts AS (DELETE FROM lpd.job_counts WHERE job_id = $1),
      batches AS (DELETE FROM lpd.job_batches WHERE job_id = $1)
    DELETE FROM lpd.jobs WHERE id = $1`,
  ),
  /** A cancelled job that no other process is at. */
  untrimmed: statement(
    'untrimmed',
    `SELECT id, trimmed, total FROM lpd.jobs WHERE state = 'cancelled' AND trimmed < total
    LIMIT 1 FOR UPDATE SKIP LOCKED`,
  ),
  trim: statement(
    'trim',
    `WITH gone AS (
      DELETE FROM lpd.job_items AS i WHERE i.job_id = $1 AND i.no BETWEEN $2 AND $3 AND NOT EXISTS (
        SELECT FROM lpd.job_results AS r WHERE r.job_id = i.job_id AND r.no = i.no
      ) RETURNING ${itemBytesSql('i')} AS bytes
    )
    UPDATE lpd.jobs SET trimmed = $3, bytes = greatest(0, bytes - (SELECT coalesce(sum(bytes), 0) FROM gone))
    WHERE id = $1`,
  ),
} as const;

/**
 * Removes some rows of one job that is over, or the job itself once it has no rows left. In a transaction.
 *
 * @returns whether there was something to remove
 */
export async function removeSome(query: Query): Promise<boolean> {
  const [job] = await query<{ id: string }>(SQL.over, []);
  if (job === undefined) return false;
  for (const removal of [SQL.removeItems, SQL.removeResults]) {
    if ((await query(removal, [job.id])).length > 0) return true;
  }
  await query(SQL.removeJob, [job.id]);
  return true;
}

/**
 * Removes some items of a cancelled job that have no result. In a transaction.
 *
 * @returns whether there was something to look at
 */
export async function trimSome(query: Query): Promise<boolean> {
  const [job] = await query<{ id: string; trimmed: number; total: number }>(SQL.untrimmed, []);
  if (job === undefined) return false;
  const last = Math.min(job.total, job.trimmed + SLICE_ROWS);
  await query(SQL.trim, [job.id, job.trimmed + 1, last]);
  return true;
}
