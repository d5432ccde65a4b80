import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { PolicyOverrides } from '../core/checks/policy.ts';
import type { ImageLimits } from '../core/image/limits.ts';
import type { Inspection } from '../core/inspection.ts';
import type { Judgement } from '../workers/protocol.ts';

/**
 * What is known already: equal bytes under an equal policy give an equal inspection, so they are inspected once. It
 * lies in front of the workers, is bounded by its entries, and changes no metering. Where only a judgement was asked
 * for, only that is kept: a few bytes in place of some 40 KB.
 */
export class InspectionCache {
  readonly #known: LRUCache<string, Judgement> | null;

  /** @param entries the most that are kept; 0 keeps none */
  constructor(entries: number) {
    this.#known = entries > 0 ? new LRUCache({ max: entries }) : null;
  }

  /** The name of these bytes under these limits; null when nothing is kept. */
  keyOf(bytes: Uint8Array, policy: PolicyOverrides, limits?: ImageLimits): string | null {
    if (this.#known === null) return null;
    // A hash that nobody can find collisions for: a verdict must not be had for other bytes.
    return createHash('sha256')
      .update(bytes)
      .update(JSON.stringify([policy, limits]))
      .digest('base64');
  }

  /** The inspection of that name, if the whole of it is known. */
  get(key: string | null): Inspection | undefined {
    const known = this.judgement(key);
    return known !== undefined && isWhole(known) ? known : undefined;
  }

  /** The judgement of that name, if it is known. */
  judgement(key: string | null): Judgement | undefined {
    return key === null ? undefined : this.#known?.get(key);
  }

  /** Keeps a judgement, or a whole inspection, under its name. */
  set(key: string | null, known: Judgement): void {
    if (key !== null) this.#known?.set(key, known);
  }
}

function isWhole(known: Judgement): known is Inspection {
  return 'checks' in known;
}
