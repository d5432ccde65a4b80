/** Jobs in the embedded database, on a connection of their own. */
import { dirname } from 'node:path';
import { DetectError, SERVICE_DETAILS } from '../errors.ts';
import { Disk } from '../store/disk.ts';
import { type Connection, connect, durably, inTransaction, patiently } from '../store/sqlite/connection.ts';
import { migrate } from '../store/sqlite/migrations.ts';
import { Room } from '../store/sqlite/room.ts';
import type { Store } from '../store/store.ts';
import { DEFAULT_KEY_BYTES, itemBytes, jobBytes } from './bytes.ts';
import {
  type Answer,
  type Batch,
  type Job,
  type NewItem,
  type NewJob,
  NOTICE_HOLD_MS,
  type Notice,
  type Part,
  type ResultLine,
} from './job.ts';
import { toJob } from './row.ts';
import { SqliteIntake } from './sqlite-intake.ts';
import { removeSome, trimSome } from './sqlite-removal.ts';
import { prepareAll, type SqliteJobRow, type Statements } from './sqlite-statements.ts';
import { SqliteWork } from './sqlite-work.ts';
import type { JobStore } from './store.ts';

/** Where the embedded database is. */
export interface SqliteJobsOptions {
  /** The database file, which the store of keys shares; made when missing. */
  readonly file: string;
  /** Sets images aside, for what is answered here and now. */
  readonly reserve: Store['reserve'];
  /** How long a batch stays with a process, in ms; see `holdMs`. */
  readonly holdMs: number;
  /** What the jobs of one key may take, in bytes; 2 GiB by default. */
  readonly keyBytes?: number | undefined;
  /** What jobs leave free on the disk, in bytes; nothing by default. */
  readonly floorBytes?: number | undefined;
  /** The clock; the system's by default. */
  readonly now?: () => Date;
}

/**
 * Opens the file and brings its tables up to date.
 *
 * @throws DetectError `store.unavailable`, or `store.schema` when a newer release left it
 */
export async function openSqliteJobs(options: SqliteJobsOptions): Promise<JobStore> {
  const connection = await connect(options.file);
  try {
    await migrate(connection);
    return new SqliteJobs(connection, options);
  } catch (error) {
    connection.close();
    throw error;
  }
}

class SqliteJobs implements JobStore {
  readonly reserve: Store['reserve'];
  readonly #connection: Connection;
  readonly #now: () => Date;
  readonly #sql: Statements;
  readonly #intake: SqliteIntake;
  readonly #work: SqliteWork;
  readonly #room: Room;
  readonly #disk: Disk;
  #closed = false;

  constructor(connection: Connection, options: SqliteJobsOptions) {
    const {
      file,
      reserve,
      holdMs,
      keyBytes = DEFAULT_KEY_BYTES,
      floorBytes = 0,
      now = () => new Date(),
    } = options;
    this.#connection = connection;
    this.#now = now;
    this.reserve = reserve;
    this.#sql = prepareAll(connection);
    this.#intake = new SqliteIntake(this.#sql, keyBytes);
    this.#work = new SqliteWork(this.#sql, holdMs);
    this.#room = new Room(connection, file);
    this.#disk = new Disk({ folder: dirname(file), floorBytes, spare: () => this.#room.spare() });
  }

  async create(job: NewJob): Promise<void> {
    await this.#written(jobBytes(job), () => this.#intake.create(job, this.#ms()));
  }

  async append(jobId: string, items: readonly NewItem[]): Promise<void> {
    const bytes = itemBytes(items);
    await this.#written(bytes, () => this.#intake.append(jobId, items, bytes));
  }

  open(jobId: string): Promise<void> {
    // The caller is told that the job is in good hands: that holds through a power cut, too.
    return this.#run(() => durably(this.#connection, () => void this.#sql.open.run([jobId])));
  }

  discard(jobId: string): Promise<void> {
    return this.#change(() => void this.#sql.abandon.run([jobId]));
  }

  find(jobId: string, keyId: string): Promise<Job | undefined> {
    return this.#run(() => this.#jobOf(jobId, keyId));
  }

  cancel(jobId: string, keyId: string): Promise<Job | undefined> {
    return this.#change(() => {
      const { changes } = this.#sql.cancel.run([this.#ms(), jobId, keyId]);
      if (changes > 0) this.#sql.dropBatches.run([jobId]);
      return this.#jobOf(jobId, keyId);
    });
  }

  forget(jobId: string, keyId: string): Promise<boolean> {
    return this.#change(() => this.#sql.forget.run([jobId, keyId]).changes > 0);
  }

  results(jobId: string, after: number, limit: number): Promise<readonly ResultLine[]> {
    return this.#run(() => {
      const rows = this.#sql.results.all([jobId, after, limit]) as (Omit<ResultLine, 'result'> & {
        result: string;
      })[];
      return rows.map((row) => ({ ...row, result: JSON.parse(row.result) }));
    });
  }

  claim(except: readonly string[]): Promise<Batch | undefined> {
    const closed = JSON.stringify(except);
    return this.#run(() => {
      // Most of the time there is nothing: no need of the write lock to find that out.
      if (this.#sql.next.get([this.#ms(), closed]) === undefined) return undefined;
      return inTransaction(this.#connection, () => this.#work.claim(closed, this.#ms()));
    });
  }

  record(answers: readonly Answer[]): Promise<void> {
    return this.#change(() => {
      for (const answer of answers) this.#work.record(answer, this.#ms());
    });
  }

  finish({ id, claims }: Batch): Promise<void> {
    return this.#change(() => void this.#sql.dropBatch.run([id, claims]));
  }

  putBack({ id, claims }: Batch, parts: readonly Part[]): Promise<void> {
    return this.#change(() => {
      for (const { first, last, attempt, inMs } of parts)
        this.#sql.insertPart.run([first, last, attempt, this.#ms() + inMs, id, claims]);
      this.#sql.dropBatch.run([id, claims]);
    });
  }

  claimNotice(except: readonly string[]): Promise<Notice | undefined> {
    const now = this.#ms();
    const closed = JSON.stringify(except);
    return this.#run(() => {
      if (this.#sql.nextNotice.get([now, closed]) === undefined) return undefined;
      return inTransaction(this.#connection, () => {
        const row = this.#sql.nextNotice.get([now, closed]) as SqliteJobRow | undefined;
        if (row === undefined || row.webhook === null || row.secret === null) return undefined;
        this.#sql.takeNotice.run([now + NOTICE_HOLD_MS, row.id]);
        return {
          id: row.id,
          job: this.#toJob(row),
          url: row.webhook,
          secret: row.secret,
          attempt: row.notify_attempts,
        };
      });
    });
  }

  endNotice({ id }: Notice, retryInMs: number | null): Promise<void> {
    const at = retryInMs === null ? null : this.#ms() + retryInMs;
    return this.#change(() => void this.#sql.setNotice.run([at, id]));
  }

  depth(): Promise<number> {
    return this.#run(() => (this.#sql.depth.get([]) as { depth: number }).depth);
  }

  async sweep(): Promise<boolean> {
    const more = await this.#change(() => {
      this.#sql.cancelRevoked.run([this.#ms(), new Date(this.#ms()).toISOString()]);
      return removeSome(this.#connection, this.#ms()) || trimSome(this.#connection);
    });
    // In a turn of its own, once all is removed.
    return more || (await this.#run(() => this.#room.keep()));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.close();
  }

  #jobOf(jobId: string, keyId: string): Job | undefined {
    const row = this.#sql.byId.get([jobId]) as SqliteJobRow | undefined;
    return row?.key_id === keyId && row.ended_at !== 0 ? this.#toJob(row) : undefined;
  }

  #toJob(row: SqliteJobRow): Job {
    return toJob(row, this.#sql.counts.all([row.id]) as Job['counts']);
  }

  #ms(): number {
    return this.#now().getTime();
  }

  /** A change that takes so many bytes of the disk. */
  async #written(bytes: number, work: () => void): Promise<void> {
    const room = await this.#disk.take(bytes);
    try {
      await this.#change(work);
      room.wrote(bytes);
    } finally {
      room.release();
    }
  }

  #change<T>(work: () => T): Promise<T> {
    return this.#run(() => inTransaction(this.#connection, work));
  }

  #run<T>(step: () => T): Promise<T> {
    return patiently(() => {
      if (this.#closed) throw new DetectError('store.unavailable', SERVICE_DETAILS.storeClosed);
      return step();
    });
  }
}
