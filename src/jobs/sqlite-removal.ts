/** Taking away what is not kept any longer from the embedded database, a little at a time. */
import type { Connection } from '../store/sqlite/connection.ts';
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
