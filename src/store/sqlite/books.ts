/** The table of usage: plain synchronous reads and writes. */
import { type Entry, summed } from '../entry.ts';
import type { UsageQuery, UsageRow, Verdict } from '../store.ts';
import { type Connection, inTransaction } from './connection.ts';

/** The prepared statements of one connection. */
export class Books {
  readonly #connection: Connection;
  readonly #increase;
  readonly #decrease;
  readonly #answered;
  readonly #rows;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#increase = connection.prepare(`
      INSERT INTO usage (key_id, day, verdict, count) VALUES (?, ?, ?, ?)
      ON CONFLICT (key_id, day, verdict) DO UPDATE SET count = count + excluded.count`);
    this.#decrease = connection.prepare(`
      UPDATE usage SET count = count - ? WHERE key_id = ? AND day = ? AND verdict = ?`);
    this.#answered = connection.prepare(
      'SELECT coalesce(sum(count), 0) AS images FROM usage WHERE key_id = ?',
    );
    this.#rows = connection.prepare(`
      SELECT key_id, name, day, verdict, count FROM usage JOIN keys ON keys.id = usage.key_id
      WHERE count > 0 AND (?1 IS NULL OR key_id = ?1) AND (?2 IS NULL OR day >= ?2)
      ORDER BY day, name, seq, verdict DESC`);
  }

  /** Writes all changes in one transaction. */
  write(entries: readonly Entry[]): void {
    inTransaction(this.#connection, () => {
      for (const { keyId, day, verdict, sum } of summed(entries)) {
        if (sum > 0) this.#increase.run([keyId, day, verdict, sum]);
        else if (sum < 0) this.#decrease.run([-sum, keyId, day, verdict]);
      }
    });
  }

  /** Images ever answered with the key. */
  answered(keyId: string): number {
    return (this.#answered.get([keyId]) as { images: number }).images;
  }

  /** The lines that are asked for. */
  rows({ keyId, since }: UsageQuery): UsageRow[] {
    const found = this.#rows.all([keyId ?? null, since ?? null]) as {
      key_id: string;
      name: string;
      day: string;
      verdict: Verdict;
      count: number;
    }[];
    return found.map(({ key_id, name, day, verdict, count }) => ({
      keyId: key_id,
      keyName: name,
      day,
      verdict,
      count,
    }));
  }
}
