/**
 * The embedded database: one file, opened by as many processes as like to (the server, and the command line
 * that changes keys meanwhile).
 *
 * The binding's calls are synchronous. That is on purpose: a read takes 5 µs and a commit 20 µs, less than a
 * trip to a thread and back, and what happens in one call happens in one turn of the event loop. One commit in
 * several hundred also moves the log into the file, and waits for the disk: some 10 ms. What must not happen in
 * one turn is waiting for another process's lock: `patiently` does that between turns.
 */
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type Database from 'libsql';
import { DetectError, SERVICE_DETAILS } from '../../errors.ts';
import { makeFile } from './new-file.ts';

/** How long SQLite itself may wait for a lock, and so how long the event loop can be held up by it, in ms. */
const BUSY_TIMEOUT_MS = 5;
/** How long a call keeps trying to get the lock, in ms. */
const PATIENCE_MS = 5_000;
const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 40;

/** What is left of a log that has grown beyond it, once it is moved into the file, in bytes; see `room.ts`. */
const LOG_BYTES = 8 * 1_048_576;

/** The name of a database that lives and ends with its connection. */
const IN_MEMORY = ':memory:';

const NOT_INSTALLED = SERVICE_DETAILS.noLibsql;

/** An open database. */
export type Connection = Database.Database;

/** A prepared statement of such a database; an interface, because the binding's own type has no name to export. */
export interface Statement extends Database.Statement {}

/**
 * Opens the file, and makes it and its directory (for the owner's eyes only) when they are missing.
 *
 * Write-ahead log with `synchronous=NORMAL`: a commit is a write() into the log, which outlives the death of
 * the process; it is on the disk after the next checkpoint, so a power cut can take the last commits with it
 * but never damages the file. `durably` is for what must not be lost to that either.
 *
 * @throws DetectError `store.unavailable`
 */
export async function connect(file: string): Promise<Connection> {
  const { default: Database } = await import('libsql').catch((cause: unknown) => {
    throw new DetectError('store.unavailable', NOT_INSTALLED, { cause });
  });
  return await patiently(() => {
    // As a whole path: SQLite would take one that begins with "file:" for a URI.
    const path = file === IN_MEMORY ? file : resolve(file);
    const finish = file === IN_MEMORY ? () => undefined : makeFile(path);
    const connection = new Database(path);
    try {
      finish();
      connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
      // Of use only before there is anything in the file: what is deleted can be given back to the disk.
      connection.exec('PRAGMA auto_vacuum = INCREMENTAL');
      connection.exec('PRAGMA journal_mode = WAL');
      connection.exec(`PRAGMA journal_size_limit = ${LOG_BYTES}`);
      connection.exec('PRAGMA synchronous = NORMAL');
      connection.exec('PRAGMA foreign_keys = ON');
    } catch (error) {
      connection.close();
      throw error;
    }
    return connection;
  });
}

/**
 * Runs the work in one transaction that takes the write lock first. Writes of a store that several processes share go through here: the binding
 * leaves a statement that met a foreign lock open, with its view of the database frozen, but not a BEGIN that
 * failed (https://github.com/tursodatabase/libsql-client-ts/issues/352).
 */
export function inTransaction<T>(connection: Connection, work: () => T): T {
  connection.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk ends the transaction by itself; the binding's own function would tell that in place of why.
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}

/** Like `inTransaction`, and on the disk when it returns: it survives a power cut. */
export function durably<T>(connection: Connection, work: () => T): T {
  connection.exec('PRAGMA synchronous = FULL');
  try {
    return inTransaction(connection, work);
  } finally {
    connection.exec('PRAGMA synchronous = NORMAL');
  }
}

/**
 * Calls `attempt` (synchronously, so that it is one turn of the event loop) until no other process holds the
 * lock it needs.
 *
 * @throws DetectError its own ones as they are, a full disk as `store.full`, all else as `store.unavailable`, with the cause
 */
export async function patiently<T>(attempt: () => T): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return attempt();
    } catch (error) {
      if (error instanceof DetectError) throw error;
      if (!isBusy(error) || performance.now() >= end) {
        throw new DetectError(isFull(error) ? 'store.full' : 'store.unavailable', undefined, {
          cause: error,
        });
      }
    }
    // Spread, so that processes that started together do not meet again at every try.
    await sleep(pause * (0.5 + Math.random()));
  }
}

/** Whether SQLite refused because another connection holds a lock. */
function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY') || codeOf(error).startsWith('SQLITE_LOCKED');
}

/** Whether SQLite could not write because the disk is full. */
function isFull(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_FULL');
}

/** Whether SQLite refused because a row like this is there already. */
export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === 'SQLITE_CONSTRAINT_UNIQUE' || codeOf(error) === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
