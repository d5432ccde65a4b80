/** Handing work out, and writing what came of it, in the embedded database. */
import { type Answer, BATCH_ITEMS, type Batch, type Item, outcomeOf } from './job.ts';
import type { SqliteJobRow, Statements } from './sqlite-statements.ts';

/** Batches and their results; all of it expects to be run in a transaction. Times are ms since 1970. */
export class SqliteWork {
  readonly #sql: Statements;
  readonly #holdMs: number;

  /** @param holdMs how long a batch stays with a process */
  constructor(sql: Statements, holdMs: number) {
    this.#sql = sql;
    this.#holdMs = holdMs;
  }

  /** See `JobStore.claim`. @param except ids of keys, as JSON */
  claim(except: string, now: number): Batch | undefined {
    const job = this.#sql.next.get([now, except]) as SqliteJobRow | undefined;
    if (job === undefined) return undefined;
    const { turn } = this.#sql.takeTurn.get([job.key_id]) as { turn: number };
    this.#sql.serve.run([turn, now, job.id]);
    const due = (this.#sql.takeDue.get([now + this.#holdMs, job.id, now]) ?? this.#deal(job, now)) as {
      id: number;
      first: number;
      last: number;
      attempt: number;
      claims: number;
    };
    const items = this.#sql.unanswered.all([job.id, due.first, due.last]) as Item[];
    const { id, attempt, claims } = due;
    const { quota } = this.#sql.quota.get([job.key_id]) as { quota: number | null };
    const { key_id: keyId, generator } = job;
    return { id, jobId: job.id, keyId, quota, attempt, claims, generator, items };
  }

  /** Writes one result; see `JobStore.record`. */
  record({ jobId, no, result }: Answer, now: number): void {
    const job = this.#sql.byId.get([jobId]) as SqliteJobRow | undefined;
    if (job?.state !== 'open') return;
    const seq = job.answered + 1;
    const { changes } = this.#sql.insertResult.run([jobId, no, seq, JSON.stringify(result)]);
    if (changes === 0) return;
    const { outcome, token } = outcomeOf(result);
    this.#sql.count.run([jobId, outcome, token]);
    const day = new Date(now).toISOString().slice(0, 'YYYY-MM-DD'.length);
    if (outcome !== 'error') this.#sql.meter.run([job.key_id, day, outcome]);
    if (seq === job.total) this.#sql.end.run([seq, now, now, jobId]);
    else this.#sql.advance.run([seq, jobId]);
  }

  /** Makes a batch of the next items that are in none yet. */
  #deal({ id, dealt, total }: SqliteJobRow, now: number): unknown {
    const last = Math.min(total, dealt + BATCH_ITEMS);
    this.#sql.deal.run([last, id]);
    return this.#sql.insertBatch.get([id, dealt + 1, last, now + this.#holdMs]);
  }
}
