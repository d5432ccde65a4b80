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
