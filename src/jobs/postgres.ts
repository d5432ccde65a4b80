/** Jobs in PostgreSQL, for as many machines as like to work on them; pg-boss hands them out. */
import type PgBoss from 'pg-boss';
import { DetectError } from '../errors.ts';
import type { Database, Query } from '../store/postgres/database.ts';
import type { ApiKey } from '../store/store.ts';
import { BATCH_SQL } from './batch-statements.ts';
import { Batches } from './batches.ts';
import { WEBHOOKS } from './boss.ts';
import { checkKeyBytes, DEFAULT_KEY_BYTES, itemBytes, jobBytes } from './bytes.ts';
import {
  type Answer,
  type Batch,
  type Count,
  type Job,
  MOST_OPEN_JOBS,
  type NewItem,
  type NewJob,
  NOTICE_HOLD_MS,
  type Notice,
  type Part,
  type ResultLine,
} from './job.ts';
import { recordAnswers } from './postgres-record.ts';
import { removeSome, trimSome } from './postgres-removal.ts';
import { SQL } from './postgres-statements.ts';
import { deliveryOf, type Held, idOf, Queue } from './queue.ts';
import { type JobRow, toJob } from './row.ts';
import type { JobStore, SetAside } from './store.ts';

/** A webhook in the queue. */
interface NoticeMessage {
  readonly jobId: string;
  readonly attempt: number;
}

/** See `JobStore`. The tables are up to date: the store of keys made ours, and `openBoss` its own. */
export class PostgresJobs implements JobStore {
  readonly #database: Pick<Database, 'query' | 'transaction'>;
  readonly #boss: PgBoss;
  readonly #keyBytes: number;
  readonly #batches: Batches;
  readonly #notices: Queue<NoticeMessage>;

  /**
   * @param database of the store of keys, which closes it
   * @param boss started, and stopped with this
   * @param batchHoldMs how long a batch stays with a process, in ms; see `holdMs`
   * @param keyBytes what the jobs of one key may take, in bytes
   */
  constructor(
    database: Pick<Database, 'query' | 'transaction'>,
    boss: PgBoss,
    batchHoldMs: number,
    keyBytes = DEFAULT_KEY_BYTES,
  ) {
    this.#database = database;
    this.#keyBytes = keyBytes;
    this.#boss = boss;
    this.#batches = new Batches(database, boss, batchHoldMs);
    this.#notices = new Queue(boss, WEBHOOKS, NOTICE_HOLD_MS);
  }

  create({ id, keyId, webhook, secret, generator = null }: NewJob): Promise<void> {
    return this.#take(async (query) => {
      await query(SQL.lockKey, [keyId]);
      const [open] = await query<{ count: number }>(SQL.countOpen, [keyId]);
      if ((open?.count ?? 0) >= MOST_OPEN_JOBS) throw new DetectError('job.too_many');
      await query(SQL.insert, [id, keyId, webhook, secret, generator, jobBytes({ webhook })]);
      await this.#checkBytes(query, keyId);
    });
  }

  async append(jobId: string, items: readonly NewItem[]): Promise<void> {
    const texts = items.map(({ url, name }) => ({ url: textOf(url), name: name && textOf(name) }));
    const urls = texts.map(({ url }) => url);
    const names = texts.map(({ name }) => name);
    await this.#take(async (query) => {
      const values = [jobId, urls, names, itemBytes(texts)];
      const [job] = await query<{ key_id: string }>(SQL.append, values);
      if (job !== undefined) await this.#checkBytes(query, job.key_id);
    });
  }

  open(jobId: string): Promise<void> {
    return this.#database.transaction(async (query) => {
      const [job] = await query<{ key_id: string }>(SQL.open, [jobId]);
      if (job !== undefined) await this.#batches.deal(query, job.key_id);
    });
  }

  async discard(jobId: string): Promise<void> {
    await this.#database.query(SQL.abandon, [jobId]);
  }

  async find(jobId: string, keyId: string): Promise<Job | undefined> {
    const [row] = await this.#database.query<JobRow<Date>>(SQL.find, [jobId, keyId]);
    return row && (await this.#toJob(row));
  }

  async cancel(jobId: string, keyId: string): Promise<Job | undefined> {
    await this.#database.query(SQL.cancel, [jobId, keyId]);
    return await this.find(jobId, keyId);
  }

  async forget(jobId: string, keyId: string): Promise<boolean> {
    return (await this.#database.query(SQL.forget, [jobId, keyId])).length > 0;
  }

  async results(jobId: string, after: number, limit: number): Promise<readonly ResultLine[]> {
    type Row = Omit<ResultLine, 'result'> & { result: string };
    const rows = await this.#database.query<Row>(SQL.results, [jobId, after, limit]);
    return rows.map((row) => ({ ...row, result: JSON.parse(row.result) }));
  }

  claim(except: readonly string[]): Promise<Batch | undefined> {
    return this.#batches.claim(except);
  }

  /**
   * Looks whether there is anything left of a quota. What is taken is settled with the result, in `record`: leases
   * are of one process's memory, and could not be part of that transaction.
   */
  async reserve({ id, quota }: Pick<ApiKey, 'id' | 'quota'>): Promise<SetAside | undefined> {
    if (quota !== null) {
      const [row] = await this.#database.query<{ spent: number }>(SQL.spent, [id]);
      if ((row?.spent ?? 0) >= quota) return undefined;
    }
    return { release: () => undefined };
  }

  /**
   * One transaction a job: whoever holds two jobs, or the counts of two keys, would wait in a ring with another who takes
   * them in another order. When one fails, those before it stay: what is recorded is passed over the next time.
   */
  async record(answers: readonly Answer[]): Promise<void> {
    for (const jobId of new Set(answers.map((answer) => answer.jobId))) {
      const own = answers.filter((answer) => answer.jobId === jobId);
      await this.#database.transaction(async (query) => {
        const { endedOf } = await recordAnswers(query, jobId, own);
        if (endedOf !== undefined) await this.#notices.send(query, { jobId, attempt: 0 }, { tag: endedOf });
      });
    }
  }

  finish(batch: Batch): Promise<void> {
    return this.#batches.finish(batch);
  }

  putBack(batch: Batch, parts: readonly Part[]): Promise<void> {
    return this.#batches.putBack(batch, parts);
  }

  async claimNotice(except: readonly string[]): Promise<Notice | undefined> {
    const { query } = this.#database;
    const [has] = await query<{ yes: boolean }>(BATCH_SQL.hasWork, [WEBHOOKS, except]);
    if (!has?.yes) return undefined;
    const again = ({ data, deliveries }: Held<NoticeMessage>) => ({
      ...data,
      attempt: data.attempt + deliveries - 1,
    });
    const held = await this.#database.transaction((own) => this.#notices.fetchBeside(own, except, again));
    if (held === undefined) return undefined;
    const { id, data, deliveries } = held;
    const [row] = await query<JobRow<Date>>(SQL.byId, [data.jobId]);
    if (row?.webhook && row.secret !== null) {
      const attempt = data.attempt + deliveries - 1;
      return { id: idOf(held), job: await this.#toJob(row), url: row.webhook, secret: row.secret, attempt };
    }
    // Nobody keeps the job any longer.
    await this.#notices.remove(query, id);
    return undefined;
  }

  endNotice({ id, job, attempt }: Notice, retryInMs: number | null): Promise<void> {
    return this.#database.transaction(async (query) => {
      const isOurs = await this.#notices.release(query, deliveryOf(id));
      if (!isOurs || retryInMs === null) return;
      const message = { jobId: job.id, attempt: attempt + 1 };
      await this.#notices.send(query, message, { tag: job.keyId, inMs: retryInMs });
    });
  }

  async depth(): Promise<number> {
    const [row] = await this.#database.query<{ depth: number }>(SQL.depth, []);
    return row?.depth ?? 0;
  }

  async sweep(): Promise<boolean> {
    await this.#database.query(SQL.cancelRevoked, []);
    await this.#batches.mend();
    await this.#adoptNotices();
    return await this.#database.transaction(async (query) => {
      return (await removeSome(query)) || (await trimSome(query));
    });
  }

  /** Ends pg-boss's maintenance; the connections are the store's. */
  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false });
  }

  /** Takes in what is new: for which a full disk is a reason to refuse it, and no trouble of the store. */
  async #take(work: (query: Query) => Promise<void>): Promise<void> {
    try {
      await this.#database.transaction(work);
    } catch (error) {
      const isFull = error instanceof DetectError && error.code === 'store.full';
      throw isFull ? new DetectError('job.disk_full', undefined, { cause: error }) : error;
    }
  }

  async #checkBytes(query: Query, keyId: string): Promise<void> {
    const [row] = await query<{ bytes: number }>(SQL.held, [keyId]);
    checkKeyBytes(row?.bytes ?? 0, this.#keyBytes);
  }

  async #adoptNotices(): Promise<void> {
    await this.#database.transaction(async (query) => {
      type Row = { id: string; key_id: string; attempt: number };
      for (const { id, key_id: tag, attempt } of await query<Row>(SQL.oldNotices, []))
        await this.#notices.send(query, { jobId: id, attempt }, { tag });
    });
  }

  async #toJob(row: JobRow<Date>): Promise<Job> {
    return toJob(row, await this.#database.query<Count>(SQL.counts, [row.id]));
  }
}

/** PostgreSQL's text has no room for a zero byte; no address has one either. */
function textOf(text: string): string {
  return text.replaceAll('\0', '\ufffd');
}
