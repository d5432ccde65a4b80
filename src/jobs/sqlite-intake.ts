/** Taking jobs in, in the embedded database. */
import { DetectError } from '../errors.ts';
import { checkKeyBytes, jobBytes } from './bytes.ts';
import { MOST_OPEN_JOBS, type NewItem, type NewJob } from './job.ts';
import type { SqliteJobRow, Statements } from './sqlite-statements.ts';

type IntakeStatements = Pick<Statements, 'countOpen' | 'insert' | 'held' | 'byId' | 'grow' | 'insertItem'>;

/** Makes jobs and appends items; all of it expects to be run in a transaction, which ends with what is thrown. */
export class SqliteIntake {
  readonly #sql: IntakeStatements;
  readonly #mostBytes: number;

  /** @param mostBytes what the jobs of one key may take */
  constructor(sql: IntakeStatements, mostBytes: number) {
    this.#sql = sql;
    this.#mostBytes = mostBytes;
  }

  /** See `JobStore.create`. @param now in ms since 1970 */
  create({ id, keyId, webhook, secret, generator = null }: NewJob, now: number): void {
    const { count } = this.#sql.countOpen.get([keyId]) as { count: number };
    if (count >= MOST_OPEN_JOBS) throw new DetectError('job.too_many');
    this.#sql.insert.run([id, keyId, webhook, secret, generator, jobBytes({ webhook }), now]);
    this.#check(keyId);
  }

  /** See `JobStore.append`. @param bytes what the items take */
  append(jobId: string, items: readonly NewItem[], bytes: number): void {
    const { total, key_id } = this.#sql.byId.get([jobId]) as SqliteJobRow;
    this.#sql.grow.run([items.length, bytes, jobId]);
    this.#check(key_id);
    items.forEach(({ url, name }, at) => {
      this.#sql.insertItem.run([jobId, total + at + 1, url, name]);
    });
  }

  #check(keyId: string): void {
    const { bytes } = this.#sql.held.get([keyId]) as { bytes: number };
    checkKeyBytes(bytes, this.#mostBytes);
  }
}
