/**
 * The statements of batches in PostgreSQL. They only read pg-boss's table: what they ask, how many batches of whom wait, is not
 * among its functions.
 */
import { BOSS_SCHEMA } from './boss.ts';
import { BATCH_ITEMS } from './job.ts';
import { statement } from './postgres-statements.ts';

/** Batches of one key that are in the queue and due: so few, that the queue stays short however large a job is. */
export const MOST_WAITING = 4;
/** Ranges of lost items that are put back together. */
const MOST_RANGES = 64;
/** How long ago a batch of a release without pg-boss was last held by anybody, at the least, to be taken for lost. */
const OLD_BATCH = "interval '1 minute'";

/** Batches that are due, of the queue $1. */
const WAITING = `${BOSS_SCHEMA}.job AS b WHERE b.name = $1 AND b.state < 'active' AND b.start_after <= now()`;

/** All of them. */
export const BATCH_SQL = {
  /** Whether there is anything of a key that is not among those. */
  hasWork: statement(
    'has-work',
    `SELECT EXISTS (SELECT FROM ${WAITING} AND b.singleton_key <> ALL ($2::text[])) AS yes`,
  ),
  /** What of a batch has no result yet; nothing of a job that has ended. */
  items: statement(
    'items',
    `SELECT i.no, i.url, k.quota::double precision AS quota, j.started_at IS NULL AS fresh, j.generator
    FROM lpd.jobs AS j JOIN lpd.keys AS k ON k.id = j.key_id
    JOIN lpd.job_items AS i ON i.job_id = j.id AND i.no BETWEEN $2 AND $3
    LEFT JOIN lpd.job_results AS r ON r.job_id = i.job_id AND r.no = i.no
    WHERE j.id = $1 AND j.state = 'open' AND r.no IS NULL ORDER BY i.no`,
  ),
  start: statement('start', 'UPDATE lpd.jobs SET started_at = now() WHERE id = $1 AND started_at IS NULL'),
  /** The key's next batch, of its job that was served longest ago; none while enough of its batches wait. */
  deal: statement(
    'deal',
    `WITH waiting AS (
      SELECT count(*)::integer AS count FROM (
        SELECT FROM ${WAITING} AND b.singleton_key = $2 LIMIT ${MOST_WAITING}
      ) AS b
    ), next AS (
      SELECT id, dealt FROM lpd.jobs
      WHERE key_id = $2 AND state = 'open' AND dealt < total AND (SELECT count FROM waiting) < ${MOST_WAITING}
      ORDER BY turn, created_at LIMIT 1 FOR UPDATE
    )
    UPDATE lpd.jobs AS j SET dealt = least(total, next.dealt + ${BATCH_ITEMS}),
      turn = 1e6 * extract(epoch FROM clock_timestamp())
    FROM next, waiting WHERE j.id = next.id
    RETURNING j.id, next.dealt + 1 AS first, j.dealt AS last, waiting.count AS waiting`,
  ),
  /** Keys that could have more batches in the queue than they have. */
  short: statement(
    'short',
    `SELECT DISTINCT j.key_id FROM lpd.jobs AS j LEFT JOIN (
      SELECT singleton_key, count(*) AS count FROM ${WAITING} GROUP BY singleton_key
    ) AS w ON w.singleton_key = j.key_id
    WHERE j.state = 'open' AND j.dealt < j.total AND coalesce(w.count, 0) < ${MOST_WAITING}`,
  ),
  /**
   * A job with items that were dealt, have no result and are in no batch. There is none but after a database was mended by
   * hand, and where a release that had a table of batches of its own left something in it.
   */
  stranded: statement(
    'stranded',
    `SELECT j.id, j.key_id FROM lpd.jobs AS j WHERE j.state = 'open' AND j.answered < j.dealt
      AND NOT EXISTS (
        SELECT FROM ${BOSS_SCHEMA}.job AS b
        WHERE b.name = $1 AND b.state <= 'active' AND b.data ->> 'jobId' = j.id
      )
      AND NOT EXISTS (
        SELECT FROM lpd.job_batches AS o WHERE o.job_id = j.id AND o.due_at > now() - ${OLD_BATCH}
      )
    LIMIT 1 FOR UPDATE OF j SKIP LOCKED`,
  ),
  /** Where in the job they are. */
  ranges: statement(
    'ranges',
    `SELECT min(i.no) AS first, max(i.no) AS last
    FROM lpd.jobs AS j JOIN lpd.job_items AS i ON i.job_id = j.id AND i.no <= j.dealt
    LEFT JOIN lpd.job_results AS r ON r.job_id = i.job_id AND r.no = i.no
    WHERE j.id = $1 AND r.no IS NULL GROUP BY (i.no - 1) / ${BATCH_ITEMS} ORDER BY 1 LIMIT ${MOST_RANGES}`,
  ),
} as const;
