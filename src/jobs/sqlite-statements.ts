/** The statements of jobs on one connection of the embedded database. Times are milliseconds since 1970. */
import type { Connection, Statement } from '../store/sqlite/connection.ts';
import type { JobRow } from './row.ts';

/** A row of the table of jobs, times in ms since 1970, with what else is kept in it here. */
export interface SqliteJobRow extends JobRow<number> {
  /** Items that were put into batches. */
  readonly dealt: number;
  readonly notify_attempts: number;
}

/** See {@link prepareAll}. */
export type Statements = ReturnType<typeof prepareAll>;

/** Prepares all of them. Those that write expect to be run in a transaction. */
export function prepareAll(connection: Connection) {
  const prepare = (sql: string): Statement => connection.prepare(sql);
  return {
    countOpen: prepare(
      "SELECT count(*) AS count FROM jobs WHERE key_id = ? AND state IN ('receiving', 'open')",
    ),
    insert: prepare(`
      INSERT INTO jobs (id, key_id, webhook, secret, generator, bytes, state, created_at)
      VALUES (?, ?, ?, ?, ?, ?, 'receiving', ?)`),
    /** What the jobs of a key take. */
    held: prepare('SELECT bytes FROM job_bytes WHERE key_id = ?'),
    insertItem: prepare('INSERT INTO job_items (job_id, no, url, name) VALUES (?, ?, ?, ?)'),
    grow: prepare('UPDATE jobs SET total = total + ?, bytes = bytes + ? WHERE id = ?'),
    open: prepare("UPDATE jobs SET state = 'open' WHERE id = ? AND state = 'receiving'"),
    /** As if it had ended before all times: the next sweep takes it away. */
    abandon: prepare("UPDATE jobs SET state = 'cancelled', ended_at = 0 WHERE id = ?"),
    byId: prepare('SELECT * FROM jobs WHERE id = ?'),
    counts: prepare('SELECT outcome, token, count FROM job_counts WHERE job_id = ? ORDER BY outcome, token'),
    cancel: prepare(`
      UPDATE jobs SET state = 'cancelled', ended_at = ? WHERE id = ? AND key_id = ? AND state = 'open'`),
    forget: prepare(`
      UPDATE jobs SET ended_at = 0, notify_at = NULL
      WHERE id = ? AND key_id = ? AND state IN ('done', 'cancelled') AND ended_at > 0`),
    dropBatches: prepare('DELETE FROM job_batches WHERE job_id = ?'),
    results: prepare(`
      SELECT r.seq AS cursor, r.no, i.url, i.name, r.result
      FROM job_results AS r JOIN job_items AS i ON i.job_id = r.job_id AND i.no = r.no
      WHERE r.job_id = ? AND r.seq > ? ORDER BY r.seq LIMIT ?`),

    /** The job whose turn it is, of those with work that nobody is at. */
    next: prepare(`
      SELECT j.* FROM jobs AS j LEFT JOIN job_turns AS t ON t.key_id = j.key_id
      WHERE j.state = 'open'
        AND (j.dealt < j.total OR EXISTS (
          SELECT 1 FROM job_batches AS b WHERE b.job_id = j.id AND b.due_at <= ?
        ))
        AND j.key_id NOT IN (SELECT value FROM json_each(?))
      ORDER BY coalesce(t.turn, 0), j.turn, j.created_at LIMIT 1`),
    takeTurn: prepare(`
      INSERT INTO job_turns (key_id, turn) VALUES (?, (SELECT coalesce(max(turn), 0) + 1 FROM job_turns))
      ON CONFLICT (key_id) DO UPDATE SET turn = excluded.turn RETURNING turn`),
    serve: prepare('UPDATE jobs SET turn = ?, started_at = coalesce(started_at, ?) WHERE id = ?'),
    quota: prepare('SELECT quota FROM keys WHERE id = ?'),
    /** What was given up goes before what is new, so that a job's end does not wait for its first items. */
    takeDue: prepare(`
      UPDATE job_batches SET due_at = ?, claims = claims + 1
      WHERE id = (SELECT id FROM job_batches WHERE job_id = ? AND due_at <= ? ORDER BY due_at LIMIT 1)
      RETURNING id, first, last, attempt, claims`),
    deal: prepare('UPDATE jobs SET dealt = ? WHERE id = ?'),
    insertBatch: prepare(`
      INSERT INTO job_batches (job_id, first, last, attempt, claims, due_at) VALUES (?, ?, ?, 0, 1, ?)
      RETURNING id, first, last, attempt, claims`),
    unanswered: prepare(`
      SELECT i.no, i.url FROM job_items AS i
      LEFT JOIN job_results AS r ON r.job_id = i.job_id AND r.no = i.no
      WHERE i.job_id = ? AND i.no BETWEEN ? AND ? AND r.no IS NULL ORDER BY i.no`),
    dropBatch: prepare('DELETE FROM job_batches WHERE id = ? AND claims = ?'),
    /** Under a new id, and so out of the hands of whoever had it. */
    insertPart: prepare(`
      INSERT INTO job_batches (job_id, first, last, attempt, claims, due_at)
      SELECT job_id, ?, ?, ?, 0, ? FROM job_batches WHERE id = ? AND claims = ?`),

    insertResult: prepare(
      'INSERT INTO job_results (job_id, no, seq, result) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    count: prepare(`
      INSERT INTO job_counts (job_id, outcome, token, count) VALUES (?, ?, ?, 1)
      ON CONFLICT (job_id, outcome, token) DO UPDATE SET count = count + 1`),
    meter: prepare(`
      INSERT INTO usage (key_id, day, verdict, count) VALUES (?, ?, ?, 1)
      ON CONFLICT (key_id, day, verdict) DO UPDATE SET count = count + 1`),
    advance: prepare('UPDATE jobs SET answered = ? WHERE id = ?'),
    end: prepare(`
      UPDATE jobs SET answered = ?, state = 'done', ended_at = ?,
        notify_at = CASE WHEN webhook IS NULL THEN NULL ELSE ? END
      WHERE id = ?`),

    nextNotice: prepare(`
      SELECT * FROM jobs WHERE notify_at <= ? AND key_id NOT IN (SELECT value FROM json_each(?))
      ORDER BY notify_at LIMIT 1`),
    takeNotice: prepare('UPDATE jobs SET notify_at = ?, notify_attempts = notify_attempts + 1 WHERE id = ?'),
    // A job that was forgotten meanwhile tells nobody any more.
    setNotice: prepare('UPDATE jobs SET notify_at = ? WHERE id = ? AND ended_at > 0'),
    depth: prepare("SELECT coalesce(sum(total - answered), 0) AS depth FROM jobs WHERE state = 'open'"),
    cancelRevoked: prepare(`
      UPDATE jobs SET state = 'cancelled', ended_at = ?
      WHERE state = 'open' AND key_id IN (SELECT id FROM keys WHERE revoked_at IS NOT NULL OR expires_at <= ?)`),
  };
}
