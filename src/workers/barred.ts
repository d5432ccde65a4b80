import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { DetectError } from '../errors.ts';

/** Pictures that are remembered; more would have cost their senders hours of processor time. */
const MOST = 1_000;
/** How long, in milliseconds: a bomb costs once, and whatever was wrong with us is mended by then. */
const BARRED_MS = 10 * 60_000;

/** Pictures that ended a worker a moment ago. The same bytes are not inspected again for a while. */
export class BarredPictures {
  /** Their lengths in bytes, by the hash of their bytes. */
  readonly #known = new LRUCache<string, number>({ max: MOST, ttl: BARRED_MS });

  /** Remembers a picture. */
  add(bytes: Uint8Array): void {
    this.#known.set(nameOf(bytes), bytes.length);
  }

  /** @throws DetectError `inspect.barred` for a picture that is remembered */
  check(bytes: Uint8Array): void {
    if (!this.#hasOneOf(bytes.length)) return;
    if (this.#known.has(nameOf(bytes))) throw new DetectError('inspect.barred');
  }

  /** Whether one of them has so many bytes: other pictures need no hash. */
  #hasOneOf(length: number): boolean {
    for (const known of this.#known.values()) if (known === length) return true;
    return false;
  }
}

function nameOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}
