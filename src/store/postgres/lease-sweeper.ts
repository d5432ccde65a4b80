/** Keeps leases few: what a replica does not use goes back, and so does what dead replicas held. */
import type { Database } from './database.ts';
import type { Leases } from './leases.ts';
import type { Quotas } from './quotas.ts';
import type { Writer } from './writer.ts';

/** How often leases are looked through, in ms. */
const SWEEP_MS = 1_000;
/** How often old leases are looked for, and how long after the database came back at the soonest, in ms. */
const REAP_MS = 60_000;
/**
 * How old a lease can become before its process is taken for dead, on top of the time that keys are served while the
 * database is away, in ms.
 */
const LEASE_MS = 600_000;

/** Whose leases, and where they are. */
export interface LeaseSweeperOptions {
  readonly database: Pick<Database, 'away'>;
  readonly writer: Pick<Writer, 'spooling'>;
  readonly leases: Leases;
  readonly quotas: Quotas;
  /** How long keys are served while the database is away, in ms. */
  readonly graceMs: number;
}

/** Looks through the leases of one process until it is closed; an idle one keeps no process alive. */
export class LeaseSweeper {
  readonly #options: LeaseSweeperOptions;
  readonly #timer: NodeJS.Timeout;
  #sweeping: Promise<void> | undefined;
  #reapedAt = performance.now();
  /** Other replicas empty their spools when the database is back; their leases are let be meanwhile. */
  #backSince = performance.now();

  constructor(options: LeaseSweeperOptions) {
    this.#options = options;
    this.#timer = setInterval(() => {
      this.#sweeping ??= this.#sweep().finally(() => {
        this.#sweeping = undefined;
      });
    }, SWEEP_MS).unref();
  }

  /** Resolves when no round is under way, and none will be. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  /** Not while answers wait in the spool, which are still to come out of their leases. */
  async #sweep(): Promise<void> {
    const { database, writer, leases, quotas, graceMs } = this.#options;
    if (database.away || writer.spooling) {
      this.#backSince = performance.now();
      return;
    }
    try {
      await leases.sweep();
      if (performance.now() - Math.max(this.#reapedAt, this.#backSince) < REAP_MS) return;
      this.#reapedAt = performance.now();
      await quotas.reap(LEASE_MS + graceMs);
    } catch {
      // The next round does it.
    }
  }
}
