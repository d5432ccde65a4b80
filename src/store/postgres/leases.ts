/**
 * Quotas that hold over all replicas without a round trip for each image.
 *
 * A replica leases a few images of a quota, which are then spent as far as all others are concerned, and hands them
 * out by itself. So a quota is never overrun, and a lease goes on being good while the database is away. What is
 * left of one that nobody used for a while is given back, so that the last images go to whichever replica is asked.
 * A process that dies takes its leases with it; others give them back once they are so old that no living
 * process can have them. Taking images one by one, by a conditional update, would give the same guarantee,
 * but cost each request a round trip, and every request of the outage its answer.
 */
import { randomUUID } from 'node:crypto';
import type { ApiKey } from '../store.ts';
import type { Quotas } from './quotas.ts';

/** How long a lease is kept that nobody uses, in ms. */
export const IDLE_MS = 2_000;
/** A lease whose taking failed may come about late, from a server that was frozen: it is ended this many times. */
const DOUBTFUL_ENDS = 5;

/** Some images of a key's quota. */
export interface Lease {
  readonly id: string;
  readonly keyId: string;
  /** Images that can be set aside. */
  free: number;
  /** Images that are set aside, or on their way into the books. */
  busy: number;
  /** When an image was last set aside, in ms of the clock. */
  usedAt: number;
}

interface Taker {
  readonly leases: Lease[];
  waiting: number;
  taking: Promise<number> | undefined;
}

/** The leases of one process. */
export class Leases {
  readonly #quotas: Quotas;
  readonly #now: () => number;
  readonly #takers = new Map<string, Taker>();
  /** Ids of leases that have to be ended, with how many times. */
  readonly #toEnd = new Map<string, number>();

  /** @param now a clock that never goes back, in ms */
  constructor(quotas: Quotas, now: () => number = () => performance.now()) {
    this.#quotas = quotas;
    this.#now = now;
  }

  /**
   * Sets one image aside: `busy` of its lease, until `done` or `giveBack`.
   *
   * @returns undefined when the quota is used up
   * @throws DetectError `store.unavailable`
   */
  async hold({ id, quota }: { readonly id: string; readonly quota: number }): Promise<Lease | undefined> {
    const taker = this.#takers.get(id) ?? { leases: [], waiting: 0, taking: undefined };
    this.#takers.set(id, taker);
    taker.waiting++;
    try {
      for (;;) {
        const lease = taker.leases.find(({ free }) => free > 0);
        if (lease !== undefined) {
          lease.free--;
          lease.busy++;
          lease.usedAt = this.#now();
          return lease;
        }
        taker.taking ??= this.#take(id, quota, taker).finally(() => {
          taker.taking = undefined;
        });
        const granted = await taker.taking;
        if (granted === 0 && taker.leases.every(({ free }) => free === 0)) return undefined;
      }
    } finally {
      taker.waiting--;
    }
  }

  /** An image is in the books. */
  done(lease: Lease): void {
    lease.busy--;
  }

  /** An image is not needed, or was taken off the books again. */
  giveBack(lease: Lease): void {
    lease.busy--;
    lease.free++;
  }

  /** Ends the leases that are used up, or were not used for a while; all that are not busy when `all` is set. */
  async sweep({ all = false } = {}): Promise<void> {
    const before = this.#now() - IDLE_MS;
    for (const [keyId, taker] of this.#takers) {
      for (const lease of taker.leases.filter(({ busy }) => busy === 0)) {
        if (!all && lease.free > 0 && lease.usedAt > before) continue;
        taker.leases.splice(taker.leases.indexOf(lease), 1);
        this.#toEnd.set(lease.id, 1);
      }
      if (taker.leases.length === 0 && taker.waiting === 0) this.#takers.delete(keyId);
    }
    if (this.#toEnd.size === 0) return;
    const ids = [...this.#toEnd.keys()];
    await this.#quotas.end(ids);
    for (const id of ids) {
      const left = (this.#toEnd.get(id) ?? 1) - 1;
      if (left > 0) this.#toEnd.set(id, left);
      else this.#toEnd.delete(id);
    }
  }

  async #take(keyId: string, quota: number, taker: Taker): Promise<number> {
    const id = randomUUID();
    // The rest of this turn's requests may join.
    await new Promise((resolve) => setImmediate(resolve));
    try {
      const images = await this.#quotas.take(id, keyId, quota, Math.max(1, taker.waiting));
      if (images > 0) taker.leases.push({ id, keyId, free: images, busy: 0, usedAt: this.#now() });
      return images;
    } catch (error) {
      // Without a cause it is our own refusal: nothing was sent.
      if (error instanceof Error && error.cause !== undefined) this.#toEnd.set(id, DOUBTFUL_ENDS);
      throw error;
    }
  }
}

/** A key that has a quota. */
export function hasQuota(
  key: Pick<ApiKey, 'id' | 'quota'>,
): key is { readonly id: string; readonly quota: number } {
  return key.quota !== null;
}
