/** The tables, as the numbered steps that lead to them. They have a schema of their own: a database may be shared. */
import pg from 'pg';
import { DetectError } from '../../errors.ts';
import { type Migration, missingSteps, type SchemaState } from '../migration.ts';
import { clientConfig } from './address.ts';
import { CONNECT_MS } from './database.ts';
import { limitSession } from './session.ts';
import { isLogin } from './sql-state.ts';
import { KEYS_CHANNEL } from './watch.ts';

/** Names the lock under which tables are changed; any number that nobody else uses. */
const MIGRATION_LOCK = 7_461_953_102;
/** The longest that a process waits for others that are migrating, in ms. */
const MIGRATION_MS = 60_000;
const UNDEFINED_TABLE = '42P01';
/** The database's code for what a role must not do. */
export const INSUFFICIENT_PRIVILEGE = '42501';

/** All steps, in order. */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    worksFor: 1,
    sql: `
      CREATE TABLE lpd.keys (
        seq        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id         text NOT NULL UNIQUE,
        name       text COLLATE "C" NOT NULL,
        prefix     text NOT NULL,
        digest     bytea NOT NULL CONSTRAINT keys_digest UNIQUE CHECK (length(digest) = 32),
        qps        double precision NOT NULL CHECK (qps > 0),
        quota      bigint CHECK (quota >= 0),
        models     jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        revoked_at timestamptz
      );
      CREATE UNIQUE INDEX keys_name ON lpd.keys (name) WHERE revoked_at IS NULL;

      -- By a trigger, so that whoever revokes a key tells the replicas, be it by hand in psql.
      CREATE FUNCTION lpd.tell_key() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_notify('${KEYS_CHANNEL}', encode(NEW.digest, 'hex'));
          RETURN NULL;
        END $$;
      CREATE TRIGGER tell_key AFTER INSERT OR UPDATE ON lpd.keys
        FOR EACH ROW EXECUTE FUNCTION lpd.tell_key();

      -- No reference to keys and no check of the count: what was answered is never refused. A spool may come
      -- back to a database that was restored from before its keys, or bring a -1 before its +1.
      CREATE TABLE lpd.usage (
        key_id  text COLLATE "C" NOT NULL,
        day     text COLLATE "C" NOT NULL,
        verdict text COLLATE "C" NOT NULL CHECK (verdict IN ('pass', 'fail')),
        count   bigint NOT NULL,
        PRIMARY KEY (key_id, day, verdict)
      ) WITH (fillfactor = 50);

      -- One row a process that counts: the number of the last group that it got into the books.
      CREATE TABLE lpd.writers (
        id  uuid PRIMARY KEY,
        seq bigint NOT NULL
      ) WITH (fillfactor = 50);

      -- Images of a quota that are answered, or leased to a process; "granted" is what the last lease got.
      CREATE TABLE lpd.quotas (
        key_id  text PRIMARY KEY,
        spent   bigint NOT NULL,
        granted bigint NOT NULL
      ) WITH (fillfactor = 50);
      CREATE TABLE lpd.leases (
        id       uuid PRIMARY KEY,
        key_id   text NOT NULL,
        images   bigint NOT NULL,
        taken_at timestamptz NOT NULL DEFAULT now()
      );

      -- Buckets fill up within a second, so nothing is lost with them in a crash.
      CREATE UNLOGGED TABLE lpd.rates (
        key_id  text COLLATE "C" PRIMARY KEY,
        qps     double precision NOT NULL,
        tokens  double precision NOT NULL,
        wanted  double precision NOT NULL,
        granted double precision NOT NULL,
        at      timestamptz NOT NULL
      ) WITH (fillfactor = 50);
    `,
  },
  {
    // Jobs (`src/jobs/`).
    version: 2,
    worksFor: 1,
    sql: `
      CREATE TABLE lpd.jobs (
        id              text NOT NULL PRIMARY KEY,
        key_id          text NOT NULL REFERENCES lpd.keys (id),
        state           text NOT NULL CHECK (state IN ('receiving', 'open', 'done', 'cancelled')),
        total           integer NOT NULL DEFAULT 0,
        dealt           integer NOT NULL DEFAULT 0,
        answered        integer NOT NULL DEFAULT 0,
        turn            bigint NOT NULL DEFAULT 0,
        webhook         text,
        secret          text,
        notify_at       timestamptz,
        notify_attempts integer NOT NULL DEFAULT 0,
        created_at      timestamptz NOT NULL,
        started_at      timestamptz,
        ended_at        timestamptz
      ) WITH (fillfactor = 50);
      CREATE INDEX jobs_open ON lpd.jobs (key_id, turn) WHERE state = 'open';
      CREATE INDEX jobs_notify ON lpd.jobs (notify_at) WHERE notify_at IS NOT NULL;
      CREATE TABLE lpd.job_items (
        job_id text NOT NULL,
        no     integer NOT NULL,
        url    text NOT NULL,
        name   text,
        PRIMARY KEY (job_id, no)
      );
      CREATE TABLE lpd.job_results (
        job_id text NOT NULL,
        no     integer NOT NULL,
        seq    integer NOT NULL,
        result text NOT NULL,
        PRIMARY KEY (job_id, no)
      );
      CREATE UNIQUE INDEX job_results_seq ON lpd.job_results (job_id, seq);
      CREATE TABLE lpd.job_counts (
        job_id  text NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('pass', 'fail', 'error')),
        token   text NOT NULL,
        count   integer NOT NULL,
        PRIMARY KEY (job_id, outcome, token)
      );
      -- Batches of releases without pg-boss: items first to last of a job that have no result yet.
      CREATE TABLE lpd.job_batches (
        id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        job_id  text NOT NULL,
        first   integer NOT NULL,
        last    integer NOT NULL,
        attempt integer NOT NULL,
        claims  integer NOT NULL,
        due_at  timestamptz NOT NULL
      );
      CREATE INDEX job_batches_due ON lpd.job_batches (job_id, due_at);
      -- The same releases': when a key was last served, as a number that only grows.
      CREATE TABLE lpd.job_turns (
        key_id text NOT NULL PRIMARY KEY,
        turn   bigint NOT NULL
      );
    `,
  },
  {
    // The table of rate-limiter-flexible. An older replica, whose own table this drops, counts rates for itself alone.
    version: 3,
    worksFor: 1,
    sql: `
      DROP TABLE lpd.rates;
      -- Windows end within moments, so nothing is lost with them in a crash. Times are in ms of the epoch.
      CREATE UNLOGGED TABLE lpd.rate_limits (
        key    varchar(255) COLLATE "C" PRIMARY KEY,
        points integer NOT NULL DEFAULT 0,
        expire bigint
      ) WITH (fillfactor = 50);
    `,
  },
  {
    // What the jobs of a key take on disk, and up to which item cancelled ones were rid of what has no result.
    version: 4,
    worksFor: 1,
    sql: `
      ALTER TABLE lpd.jobs ADD COLUMN bytes bigint NOT NULL DEFAULT 0, ADD COLUMN trimmed integer NOT NULL DEFAULT 0;
      CREATE INDEX jobs_untrimmed ON lpd.jobs (id) WHERE state = 'cancelled' AND trimmed < total;
      CREATE INDEX jobs_ended ON lpd.jobs (ended_at) WHERE ended_at IS NOT NULL;
      CREATE TABLE lpd.job_bytes (
        key_id text NOT NULL PRIMARY KEY,
        bytes  bigint NOT NULL
      ) WITH (fillfactor = 50);
      INSERT INTO lpd.job_bytes (key_id, bytes) SELECT DISTINCT key_id, 0 FROM lpd.jobs;
      -- By triggers, so that a replica of a release before this one keeps the sums right when it removes jobs.
      CREATE FUNCTION lpd.sum_job_bytes() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'INSERT' THEN
          INSERT INTO lpd.job_bytes AS b (key_id, bytes) VALUES (NEW.key_id, NEW.bytes)
          ON CONFLICT (key_id) DO UPDATE SET bytes = b.bytes + excluded.bytes;
        ELSIF TG_OP = 'UPDATE' THEN
          UPDATE lpd.job_bytes SET bytes = bytes + NEW.bytes - OLD.bytes WHERE key_id = NEW.key_id;
        ELSE
          UPDATE lpd.job_bytes SET bytes = bytes - OLD.bytes WHERE key_id = OLD.key_id;
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER sum_bytes AFTER INSERT OR UPDATE OF bytes OR DELETE ON lpd.jobs
        FOR EACH ROW EXECUTE FUNCTION lpd.sum_job_bytes();
    `,
  },
  {
    // The generator that a job's pictures are for. A release before this one judges them for LivePortrait.
    version: 5,
    worksFor: 1,
    sql: 'ALTER TABLE lpd.jobs ADD COLUMN generator text',
  },
  {
    // When a key ends by itself. A release before this one takes it for longer: docs/operating.md says so.
    version: 6,
    worksFor: 1,
    sql: 'ALTER TABLE lpd.keys ADD COLUMN expires_at timestamptz',
  },
];

/**
 * Brings the tables to the newest known version: all missing steps in one transaction under one lock, so that of
 * many processes that start at once one does the work and the others find it done.
 *
 * @throws DetectError `store.schema` when a newer release left tables that this one cannot work with,
 *   `store.rights`, `store.login`, `store.unavailable`
 */
export async function migrate(url: string, steps: readonly Migration[] = MIGRATIONS): Promise<void> {
  const client = new pg.Client({
    ...clientConfig(url),
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: MIGRATION_MS,
  });
  // What breaks the connection fails the statement that is under way too.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await limitSession(client);
    if (missingSteps(await stateOf(client), steps).length > 0) await apply(client, steps);
  } catch (error) {
    if (error instanceof DetectError) throw error;
    if (isLogin(error)) throw new DetectError('store.login', undefined, { cause: error });
    const refused = error instanceof pg.DatabaseError && error.code === INSUFFICIENT_PRIVILEGE;
    throw new DetectError(refused ? 'store.rights' : 'store.unavailable', undefined, { cause: error });
  } finally {
    await client.end();
  }
}

async function stateOf(client: pg.Client): Promise<SchemaState> {
  try {
    const { rows } = await client.query<SchemaState>(
      'SELECT coalesce(max(version), 0) AS found, coalesce(max(works_for), 0) AS needs FROM lpd.migrations',
    );
    return rows[0] ?? { found: 0, needs: 0 };
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return { found: 0, needs: 0 };
    throw error;
  }
}

async function apply(client: pg.Client, steps: readonly Migration[]): Promise<void> {
  await client.query('BEGIN');
  // Of the transaction, so that it ends with the connection whatever happens, behind a pooler too.
  await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
  await client.query(`
    CREATE SCHEMA IF NOT EXISTS lpd;
    CREATE TABLE IF NOT EXISTS lpd.migrations (
      version    integer PRIMARY KEY,
      works_for  integer NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`);
  for (const { version, worksFor, sql } of missingSteps(await stateOf(client), steps)) {
    await client.query(sql);
    await client.query('INSERT INTO lpd.migrations (version, works_for) VALUES ($1, $2)', [
      version,
      worksFor,
    ]);
  }
  await client.query('COMMIT');
}
