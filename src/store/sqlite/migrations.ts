/** The tables, as the numbered steps that lead to them. */
import { type Migration, missingSteps, type SchemaState } from '../migration.ts';
import { type Connection, durably, patiently } from './connection.ts';

/** All steps, in order. */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    worksFor: 1,
    sql: `
      CREATE TABLE keys (
        seq        INTEGER PRIMARY KEY,
        id         TEXT NOT NULL UNIQUE,
        name       TEXT NOT NULL,
        prefix     TEXT NOT NULL,
        digest     BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
        qps        REAL NOT NULL CHECK (qps > 0),
        quota      INTEGER CHECK (quota >= 0),
        models     TEXT NOT NULL,
        created_at TEXT NOT NULL,
        revoked_at TEXT
      ) STRICT;
      CREATE UNIQUE INDEX keys_name ON keys (name) WHERE revoked_at IS NULL;
      CREATE TABLE usage (
        key_id  TEXT NOT NULL REFERENCES keys (id),
        day     TEXT NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN ('pass', 'fail')),
        count   INTEGER NOT NULL CHECK (count >= 0),
        PRIMARY KEY (key_id, day, verdict)
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    // Jobs (`src/jobs/`): times are milliseconds since 1970.
    version: 2,
    worksFor: 1,
    sql: `
      CREATE TABLE jobs (
        id              TEXT NOT NULL PRIMARY KEY,
        key_id          TEXT NOT NULL REFERENCES keys (id),
        state           TEXT NOT NULL CHECK (state IN ('receiving', 'open', 'done', 'cancelled')),
        total           INTEGER NOT NULL DEFAULT 0,
        dealt           INTEGER NOT NULL DEFAULT 0,
        answered        INTEGER NOT NULL DEFAULT 0,
        turn            INTEGER NOT NULL DEFAULT 0,
        webhook         TEXT,
        secret          TEXT,
        notify_at       INTEGER,
        notify_attempts INTEGER NOT NULL DEFAULT 0,
        created_at      INTEGER NOT NULL,
        started_at      INTEGER,
        ended_at        INTEGER
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX jobs_open ON jobs (key_id, turn) WHERE state = 'open';
      CREATE INDEX jobs_notify ON jobs (notify_at) WHERE notify_at IS NOT NULL;
      CREATE TABLE job_items (
        job_id TEXT NOT NULL,
        no     INTEGER NOT NULL,
        url    TEXT NOT NULL,
        name   TEXT,
        PRIMARY KEY (job_id, no)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE job_results (
        job_id TEXT NOT NULL,
        no     INTEGER NOT NULL,
        seq    INTEGER NOT NULL,
        result TEXT NOT NULL,
        PRIMARY KEY (job_id, no)
      ) STRICT, WITHOUT ROWID;
      CREATE UNIQUE INDEX job_results_seq ON job_results (job_id, seq);
      CREATE TABLE job_counts (
        job_id  TEXT NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('pass', 'fail', 'error')),
        token   TEXT NOT NULL,
        count   INTEGER NOT NULL,
        PRIMARY KEY (job_id, outcome, token)
      ) STRICT, WITHOUT ROWID;
      -- Items first to last of a job that have no result yet. Whoever takes it up has it until due_at.
      CREATE TABLE job_batches (
        id      INTEGER PRIMARY KEY AUTOINCREMENT,
        job_id  TEXT NOT NULL,
        first   INTEGER NOT NULL,
        last    INTEGER NOT NULL,
        attempt INTEGER NOT NULL,
        claims  INTEGER NOT NULL,
        due_at  INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX job_batches_due ON job_batches (job_id, due_at);
      -- When a key was last served, as a number that only grows.
      CREATE TABLE job_turns (
        key_id TEXT NOT NULL PRIMARY KEY,
        turn   INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    // What the jobs of a key take on disk, and up to which item cancelled ones were rid of what has no result.
    version: 3,
    worksFor: 1,
    sql: `
      ALTER TABLE jobs ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE jobs ADD COLUMN trimmed INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX jobs_untrimmed ON jobs (id) WHERE state = 'cancelled' AND trimmed < total;
      CREATE INDEX jobs_ended ON jobs (ended_at) WHERE ended_at IS NOT NULL;
      CREATE TABLE job_bytes (
        key_id TEXT NOT NULL PRIMARY KEY,
        bytes  INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      INSERT INTO job_bytes (key_id, bytes) SELECT DISTINCT key_id, 0 FROM jobs;
      -- By triggers, so that a release before this one keeps the sums right when it removes jobs.
      CREATE TRIGGER jobs_bytes_insert AFTER INSERT ON jobs BEGIN
        INSERT INTO job_bytes (key_id, bytes) VALUES (new.key_id, new.bytes)
        ON CONFLICT (key_id) DO UPDATE SET bytes = bytes + excluded.bytes;
      END;
      CREATE TRIGGER jobs_bytes_update AFTER UPDATE OF bytes ON jobs BEGIN
        UPDATE job_bytes SET bytes = bytes + new.bytes - old.bytes WHERE key_id = new.key_id;
      END;
      CREATE TRIGGER jobs_bytes_delete AFTER DELETE ON jobs BEGIN
        UPDATE job_bytes SET bytes = bytes - old.bytes WHERE key_id = old.key_id;
      END;
    `,
  },
  {
    // The generator that a job's pictures are for. A release before this one judges them for LivePortrait.
    version: 4,
    worksFor: 1,
    sql: 'ALTER TABLE jobs ADD COLUMN generator TEXT',
  },
  {
    // When a key ends by itself. A release before this one takes it for longer: docs/operating.md says so.
    version: 5,
    worksFor: 1,
    sql: 'ALTER TABLE keys ADD COLUMN expires_at TEXT',
  },
];

/**
 * Brings the tables to the newest known version: all missing steps in one transaction, so that of several
 * processes that start at once one does the work and the others find it done.
 *
 * @throws DetectError `store.schema` when a newer release left tables that this one cannot work with
 */
export async function migrate(
  connection: Connection,
  steps: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const missing = await patiently(() => missingSteps(stateOf(connection), steps));
  if (missing.length === 0) return;
  await patiently(() =>
    durably(connection, () => apply(connection, missingSteps(stateOf(connection), steps))),
  );
}

function stateOf(connection: Connection): SchemaState {
  const table = connection
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'")
    .get([]);
  if (table === undefined) return { found: 0, needs: 0 };
  return connection
    .prepare(
      'SELECT coalesce(max(version), 0) AS found, coalesce(max(works_for), 0) AS needs FROM migrations',
    )
    .get([]) as SchemaState;
}

function apply(connection: Connection, steps: readonly Migration[]): void {
  connection.exec(`
    CREATE TABLE IF NOT EXISTS migrations (
      version    INTEGER PRIMARY KEY,
      works_for  INTEGER NOT NULL,
      applied_at TEXT NOT NULL
    ) STRICT`);
  const note = connection.prepare('INSERT INTO migrations (version, works_for, applied_at) VALUES (?, ?, ?)');
  for (const step of steps) {
    connection.exec(step.sql);
    note.run([step.version, step.worksFor, new Date().toISOString()]);
  }
}
