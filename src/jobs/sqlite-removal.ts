/** Taking away what is not kept any longer, or is of no use, from the embedded database, a little at a time. */
import type { Connection } from '../store/sqlite/connection.ts';
import { itemBytesSql } from './bytes.ts';
import { ABANDONED_MS, KEPT_MS, SLICE_ROWS } from './job.ts';

const TABLES = ['job_items', 'job_results'] as const;

/**
 * Removes some rows of one job that is over, or the job itself once it has no rows left. In a transaction.
 *
 * @param now in ms since 1970
 * @returns whether there was something to remove
 */
export function removeSome(connection: Connection, now: number): boolean {
  const job = connection
    .prepare(`
      SELECT id FROM jobs
      WHERE ended_at < ? OR (state = 'receiving' AND created_at < ?) LIMIT 1`)
    .get([now - KEPT_MS, now - ABANDONED_MS]) as { id: string } | undefined;
  if (job === undefined) return false;
  for (const table of TABLES) {
    const { changes } = connection
      .prepare(`
        DELETE FROM ${table} WHERE job_id = ? AND no IN (
          SELECT no FROM ${table} WHERE job_id = ? ORDER BY no LIMIT ${SLICE_ROWS}
        )`)
      .run([job.id, job.id]);
    if (changes > 0) return true;
  }
  for (const table of ['job_counts', 'job_batches']) {
    connection.prepare(`DELETE FROM ${table} WHERE job_id = ?`).run([job.id]);
  }
  connection.prepare('DELETE FROM jobs WHERE id = ?').run([job.id]);
  return true;
}

/**
 * Removes some items of a cancelled job that have no result. In a transaction.
 *
 * @returns whether there was something to look at
 */
export function trimSome(connection: Connection): boolean {
  const job = connection
    .prepare("SELECT id, trimmed, total FROM jobs WHERE state = 'cancelled' AND trimmed < total LIMIT 1")
    .get([]) as { id: string; trimmed: number; total: number } | undefined;
  if (job === undefined) return false;
  const last = Math.min(job.total, job.trimmed + SLICE_ROWS);
  const unanswered = `FROM job_items AS i WHERE i.job_id = ? AND i.no BETWEEN ? AND ? AND NOT EXISTS (
    SELECT 1 FROM job_results AS r WHERE r.job_id = i.job_id AND r.no = i.no
  )`;
  const where = [job.id, job.trimmed + 1, last];
  const { bytes } = connection
    .prepare(`
      SELECT coalesce(sum(${itemBytesSql('i')}), 0) AS bytes
      ${unanswered}`)
    .get(where) as { bytes: number };
  connection.prepare(`DELETE ${unanswered}`).run(where);
  connection
    .prepare('UPDATE jobs SET trimmed = ?, bytes = max(0, bytes - ?) WHERE id = ?')
    .run([last, bytes, job.id]);
  return true;
}
