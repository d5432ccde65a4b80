/**
 * pg-boss: its tables, and our connections under it.
 *
 * It runs on the pool of the store of keys, so that there are no other connections, a stalled database is waited for as
 * everywhere, and what it does can be part of our transactions.
 */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type PgBoss from 'pg-boss';
import { DetectError, SERVICE_DETAILS } from '../errors.ts';
import { clientConfig } from '../store/postgres/address.ts';
import { CONNECT_MS, type Database, type Query } from '../store/postgres/database.ts';
import { INSUFFICIENT_PRIVILEGE } from '../store/postgres/migrations.ts';
import { limitSession } from '../store/postgres/session.ts';

/** The schema of its tables: a database may be shared, also with somebody else's pg-boss. */
export const BOSS_SCHEMA = 'lpd_boss';
/** The queue of batches. */
export const BATCHES = 'batches';
/** The queue of webhooks. */
export const WEBHOOKS = 'webhooks';

/** How often what dead processes held is looked for, by one process of all, in seconds: what a `kill -9` costs on top. */
const MAINTENANCE_S = 5;
/** The longest that making the tables may take, while others do so too, in ms. */
const INSTALL_MS = 60_000;
/** How long a database that goes away meanwhile is waited for, and how often it is tried, in ms. */
const PATIENCE_MS = 30_000;
const RETRY_MS = 500;
/** Characters of a statement's digest in its name: enough for a hundred statements, short enough for PostgreSQL. */
const NAME_LENGTH = 32;

/**
 * Makes pg-boss's tables if they are missing, and starts it. Any number of processes may do so at once.
 *
 * @param onTrouble told of what went wrong in its maintenance
 * @throws DetectError `store.rights`, `store.schema` when a newer release left tables that this one cannot work with,
 *   `store.unavailable`
 */
export async function openBoss(database: Database, onTrouble: (error: unknown) => void): Promise<PgBoss> {
  // Here and not above, so that the embedded store does without.
  const { default: Boss } = await import('pg-boss');
  for (const end = performance.now() + PATIENCE_MS; ; await sleep(RETRY_MS)) {
    try {
      await install(Boss, database.url);
      return await start(Boss, database, onTrouble);
    } catch (error) {
      const passing = error instanceof DetectError && error.code === 'store.unavailable';
      if (!passing || performance.now() >= end) throw error;
    }
  }
}

/** A transaction of ours, for pg-boss to take part in. */
export function within(query: Query): PgBoss.Db {
  return { executeSql: async (text, values) => ({ rows: await query(named(text), values) }) };
}

async function start(
  Boss: typeof PgBoss,
  database: Database,
  onTrouble: (error: unknown) => void,
): Promise<PgBoss> {
  const boss = new Boss({
    db: {
      executeSql: async (text, values?: unknown[]) => ({
        rows: values === undefined ? await database.script(text) : await database.query(named(text), values),
      }),
    },
    schema: BOSS_SCHEMA,
    migrate: false,
    schedule: false,
    maintenanceIntervalSeconds: MAINTENANCE_S,
  });
  boss.on('error', onTrouble);
  try {
    await boss.start();
  } catch (cause) {
    if (cause instanceof DetectError) throw cause;
    throw new DetectError('store.schema', SERVICE_DETAILS.newerBoss, {
      cause,
    });
  }
  return boss;
}

/** On a connection of its own, since it may have to wait for others for longer than a statement of the pool may take. */
async function install(Boss: typeof PgBoss, url: string): Promise<void> {
  const client = new pg.Client({
    ...clientConfig(url),
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: INSTALL_MS,
  });
  // What breaks the connection fails the statement that is under way too.
  client.on('error', () => undefined);
  const executeSql = async (text: string, values?: unknown[]) => {
    try {
      return await client.query(text, values);
    } catch (error) {
      // Whoever comes second finds the tables made, in the middle of a transaction that makes them.
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  };
  try {
    await client.connect();
    await limitSession(client);
    const boss = new Boss({ db: { executeSql }, schema: BOSS_SCHEMA, supervise: false, schedule: false });
    await boss.start();
    for (const queue of [BATCHES, WEBHOOKS]) await boss.createQueue(queue);
  } catch (cause) {
    const refused = cause instanceof pg.DatabaseError && cause.code === INSUFFICIENT_PRIVILEGE;
    throw new DetectError(refused ? 'store.rights' : 'store.unavailable', undefined, { cause });
  } finally {
    await client.end();
  }
}

/** The statement under a name of its own, so that it is parsed once for each connection. */
function named(text: string): { readonly name: string; readonly text: string } {
  const digest = createHash('sha256').update(text).digest('hex');
  return { name: `boss-${digest.slice(0, NAME_LENGTH)}`, text };
}
