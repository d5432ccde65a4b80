/**
 * Rates that hold over all replicas: the bucket of a key (the same as in `../rate.ts`) is a row of the database, by
 * the database's clock, and each replica keeps a few tokens of it in its pocket.
 *
 * A request takes a token out of the pocket, without waiting; the pocket is filled up again behind its back, those of
 * all keys in one statement. Tokens leave the bucket before they are used, so all replicas together never let more
 * through than the bucket does, but for what idle pockets hold. Own code: the libraries at hand count in fixed
 * windows by the clock of each replica, a key and a statement at a time, and give all that is asked for or nothing.
 */
import { LocalRateLimiter, MOST_BUCKETS, type RateLimiter } from '../rate.ts';
import { RecentMap } from '../recent-map.ts';
import type { Database, Statement } from './database.ts';

/** What a pocket holds, in seconds of the key's rate; at least one token. */
export const POCKET_SECONDS = 0.05;
/** How long a pocket that is not empty may wait for others before it is filled up, in ms. */
const LINGER_MS = 20;
/** How long nothing is asked for a key that was refused, at least, in ms. */
const PAUSE_MS = 10;
const MS_PER_SECOND = 1_000;

/** What is in a bucket when it is asked; a token that lacks no more than a rounding error is whole. */
const LEVEL = `least(greatest(1, excluded.qps), r.tokens +
  greatest(0, extract(epoch FROM excluded.at - r.at))::double precision * excluded.qps)`;
const GRANTED = `least(excluded.wanted, floor(${LEVEL} + 1e-9))`;

/** Rows are locked in the order of their keys, so that two replicas that ask wait instead of deadlocking. */
const ASK: Statement = {
  name: 'rates-ask',
  text: `
    INSERT INTO lpd.rates AS r (key_id, qps, tokens, wanted, granted, at)
    SELECT key_id, qps, greatest(1, qps) - least(wanted, floor(greatest(1, qps))), wanted,
      least(wanted, floor(greatest(1, qps))), clock_timestamp()
    FROM unnest($1::text[], $2::double precision[], $3::double precision[]) AS ask (key_id, qps, wanted)
    ORDER BY key_id COLLATE "C"
    ON CONFLICT (key_id) DO UPDATE SET
      qps = excluded.qps, wanted = excluded.wanted, granted = ${GRANTED}, tokens = ${LEVEL} - ${GRANTED},
      at = greatest(r.at, excluded.at)
    RETURNING key_id AS id, granted, tokens`,
};

interface Answer {
  readonly id: string;
  readonly granted: number;
  /** What is left in the bucket. */
  readonly tokens: number;
}

interface Pocket {
  readonly id: string;
  qps: number;
  tokens: number;
  /** Until when the bucket is known to be empty, in ms of the clock. */
  emptyUntil: number;
  waiting: ((wait: number) => void)[];
}

/** The pockets of one process. While the database is away, each process holds keys to their full rate by itself. */
export class SharedRateLimiter implements RateLimiter {
  readonly #database: Pick<Database, 'away' | 'query'>;
  readonly #alone = new LocalRateLimiter();
  readonly #pockets = new RecentMap<Pocket>(MOST_BUCKETS);
  readonly #now: () => number;
  #toFill = new Set<Pocket>();
  #asking = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param now a clock that never goes back, in ms */
  constructor(database: Pick<Database, 'away' | 'query'>, now: () => number = () => performance.now()) {
    this.#database = database;
    this.#now = now;
  }

  /** See `RateLimiter.take`; answers at once unless the pocket is empty. */
  take(id: string, qps: number): number | Promise<number> {
    if (this.#database.away) return this.#alone.take(id, qps);
    const pocket = this.#pockets.use(id, () => ({ id, qps, tokens: 0, emptyUntil: 0, waiting: [] }));
    pocket.qps = qps;
    const wait = pocket.emptyUntil - this.#now();
    if (pocket.tokens >= 1) {
      pocket.tokens--;
      if (wait <= 0) this.#fill(pocket, LINGER_MS);
      return 0;
    }
    if (wait > 0) return Math.ceil(wait);
    return new Promise((resolve) => {
      pocket.waiting.push(resolve);
      this.#fill(pocket, 0);
    });
  }

  #fill(pocket: Pocket, lingerMs: number): void {
    if (lingerMs > 0 && pocket.tokens > sizeOf(pocket) / 2) return;
    this.#toFill.add(pocket);
    if (this.#asking) return;
    if (lingerMs === 0) {
      clearTimeout(this.#timer);
      this.#asking = true;
      // The rest of this turn's requests may join.
      setImmediate(() => void this.#ask());
    } else {
      this.#timer ??= setTimeout(() => {
        this.#asking = true;
        void this.#ask();
      }, lingerMs).unref();
    }
  }

  /** Asks until nobody waits. */
  async #ask(): Promise<void> {
    while (this.#toFill.size > 0) {
      const pockets = [...this.#toFill];
      this.#toFill = new Set();
      try {
        const answers = await this.#database.query<Answer>(ASK, [
          pockets.map(({ id }) => id),
          pockets.map(({ qps }) => qps),
          pockets.map((pocket) => Math.max(0, sizeOf(pocket) - pocket.tokens) + pocket.waiting.length),
        ]);
        const byId = new Map(answers.map((answer) => [answer.id, answer]));
        for (const pocket of pockets) this.#put(pocket, byId.get(pocket.id));
      } catch {
        for (const { id, qps, waiting } of pockets) {
          for (const resolve of waiting.splice(0)) resolve(this.#alone.take(id, qps));
        }
      }
    }
    this.#timer = undefined;
    this.#asking = false;
  }

  #put(pocket: Pocket, answer: Answer | undefined): void {
    pocket.tokens += answer?.granted ?? 0;
    const wait = Math.ceil(((1 - (answer?.tokens ?? 0)) * MS_PER_SECOND) / pocket.qps);
    // Not a whole token is left: the next one is `wait` away.
    if (wait > 0) pocket.emptyUntil = this.#now() + Math.max(wait, PAUSE_MS);
    const served = pocket.waiting.splice(0, Math.floor(pocket.tokens));
    pocket.tokens -= served.length;
    for (const resolve of served) resolve(0);
    // Who came after the question was asked waits for the next one, unless the bucket is empty anyway.
    if (wait > 0) for (const resolve of pocket.waiting.splice(0)) resolve(wait);
  }
}

/** How many tokens a pocket holds when it is full. */
function sizeOf({ qps }: Pocket): number {
  return Math.max(1, Math.floor(qps * POCKET_SECONDS));
}
