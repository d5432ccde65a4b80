/**
 * The statements of jobs in PostgreSQL; what is done with their batches is in `batch-statements.ts`, their removal in
 * `postgres-removal.ts`.
 */
import type { Statement } from '../store/postgres/database.ts';

/** How long after it was due a webhook is taken for abandoned by the releases that had no queue for them. */
const OLD_NOTICE = "interval '1 minute'";

/** Whether a job is there still for its owner: one that was forgotten ended before all times, until it is swept away. */
const IS_KEPT = 'ended_at IS DISTINCT FROM to_timestamp(0)';

/** By name: a connection refuses a statement with a "*" from the moment on at which a newer release adds a column. */
const JOB =
  'id, key_id, state, total, answered, webhook, secret, generator, created_at, started_at, ended_at';

/** A statement under a name that is unique among those of jobs. */
export function statement(name: string, text: string): Statement {
  return { name: `jobs-${name}`, text };
}

/** All of them. */
export const SQL = {
  /** The key's row is locked, so that its jobs are counted one creation at a time. */
  lockKey: statement('lock-key', 'SELECT id FROM lpd.keys WHERE id = $1 FOR NO KEY UPDATE'),
  countOpen: statement(
    'count-open',
    "SELECT count(*)::integer AS count FROM lpd.jobs WHERE key_id = $1 AND state IN ('receiving', 'open')",
  ),
  insert: statement(
    'insert',
    `INSERT INTO lpd.jobs (id, key_id, webhook, secret, generator, bytes, state, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, 'receiving', now())`,
  ),
  /** What the jobs of a key take. */
  held: statement('held', 'SELECT bytes::double precision AS bytes FROM lpd.job_bytes WHERE key_id = $1'),
  append: statement(
    'append',
    `WITH job AS (
      UPDATE lpd.jobs SET total = total + cardinality($2::text[]), bytes = bytes + $4 WHERE id = $1
      RETURNING key_id, total - cardinality($2::text[]) AS before
    ), items AS (
      INSERT INTO lpd.job_items (job_id, no, url, name)
      SELECT $1, job.before + item.at, item.url, item.name
      FROM job, unnest($2::text[], $3::text[]) WITH ORDINALITY AS item (url, name, at)
    )
    SELECT key_id FROM job`,
  ),
  open: statement(
    'open',
    "UPDATE lpd.jobs SET state = 'open' WHERE id = $1 AND state = 'receiving' RETURNING key_id",
  ),
  /** As if it had ended before all times: the next sweep takes it away. */
  abandon: statement(
    'abandon',
    "UPDATE lpd.jobs SET state = 'cancelled', ended_at = to_timestamp(0) WHERE id = $1",
  ),
  find: statement('find', `SELECT ${JOB} FROM lpd.jobs WHERE id = $1 AND key_id = $2 AND ${IS_KEPT}`),
  counts: statement(
    'counts',
    'SELECT outcome, token, count FROM lpd.job_counts WHERE job_id = $1 ORDER BY outcome, token',
  ),
  /** Its batches are passed over when they are fetched. */
  cancel: statement(
    'cancel',
    `UPDATE lpd.jobs SET state = 'cancelled', ended_at = now()
    WHERE id = $1 AND key_id = $2 AND state = 'open'`,
  ),
  /** The next sweeps take it away. */
  forget: statement(
    'forget',
    `UPDATE lpd.jobs SET ended_at = to_timestamp(0), notify_at = NULL
    WHERE id = $1 AND key_id = $2 AND state IN ('done', 'cancelled') AND ${IS_KEPT} RETURNING id`,
  ),
  results: statement(
    'results',
    `SELECT r.seq AS cursor, r.no, i.url, i.name, r.result
    FROM lpd.job_results AS r JOIN lpd.job_items AS i ON i.job_id = r.job_id AND i.no = r.no
    WHERE r.job_id = $1 AND r.seq > $2 ORDER BY r.seq LIMIT $3`,
  ),

  lockJob: statement(
    'lock',
    `SELECT j.key_id, k.quota::double precision AS quota FROM lpd.jobs AS j JOIN lpd.keys AS k ON k.id = j.key_id
    WHERE j.id = $1 AND j.state = 'open' FOR UPDATE OF j`,
  ),
  answered: statement(
    'answered',
    'SELECT no FROM lpd.job_results WHERE job_id = $1 AND no = ANY ($2::integer[])',
  ),
  spent: statement('spent', 'SELECT spent::double precision AS spent FROM lpd.quotas WHERE key_id = $1'),
  lockQuota: statement(
    'lock-quota',
    `INSERT INTO lpd.quotas AS q (key_id, spent, granted) VALUES ($1, 0, 0)
    ON CONFLICT (key_id) DO UPDATE SET spent = q.spent RETURNING spent::double precision AS spent`,
  ),
  record: statement(
    'record',
    `WITH line AS (
      SELECT no, result, outcome, token, (row_number() OVER (ORDER BY no))::integer AS at
      FROM unnest($2::integer[], $3::text[], $4::text[], $5::text[]) AS line (no, result, outcome, token)
    ), written AS (
      INSERT INTO lpd.job_results (job_id, no, seq, result)
      SELECT $1, line.no, job.answered + line.at, line.result FROM line, lpd.jobs AS job WHERE job.id = $1
    ), counted AS (
      INSERT INTO lpd.job_counts AS c (job_id, outcome, token, count)
      SELECT $1, outcome, token, count(*)::integer FROM line GROUP BY outcome, token
      ON CONFLICT (job_id, outcome, token) DO UPDATE SET count = c.count + excluded.count
    ), metered AS (
      INSERT INTO lpd.usage AS u (key_id, day, verdict, count)
      SELECT $6, $7, outcome, count(*) FROM line WHERE outcome <> 'error' GROUP BY outcome ORDER BY outcome
      ON CONFLICT (key_id, day, verdict) DO UPDATE SET count = u.count + excluded.count
    ), spent AS (
      UPDATE lpd.quotas SET spent = spent + (SELECT count(*) FROM line WHERE outcome <> 'error')
      WHERE key_id = $6
    ), progress AS (
      SELECT answered + (SELECT count(*) FROM line)::integer AS answered FROM lpd.jobs WHERE id = $1
    )
    UPDATE lpd.jobs AS j SET answered = p.answered,
      state = CASE WHEN p.answered >= j.total THEN 'done' ELSE j.state END,
      ended_at = CASE WHEN p.answered >= j.total THEN now() END
    FROM progress AS p WHERE j.id = $1
    RETURNING j.state = 'done' AND j.webhook IS NOT NULL AS tells`,
  ),

  byId: statement('by-id', `SELECT ${JOB} FROM lpd.jobs WHERE id = $1 AND ${IS_KEPT}`),
  /** Webhooks that were left by releases that kept them in this column. */
  oldNotices: statement(
    'old-notices',
    `UPDATE lpd.jobs SET notify_at = NULL WHERE notify_at < now() - ${OLD_NOTICE}
    RETURNING id, key_id, notify_attempts AS attempt`,
  ),
  depth: statement(
    'depth',
    "SELECT coalesce(sum(total - answered), 0)::double precision AS depth FROM lpd.jobs WHERE state = 'open'",
  ),
  cancelRevoked: statement(
    'cancel-revoked',
    `UPDATE lpd.jobs SET state = 'cancelled', ended_at = now()
    WHERE state = 'open' AND key_id IN (SELECT id FROM lpd.keys WHERE revoked_at IS NOT NULL OR expires_at <= now())`,
  ),
} as const;
