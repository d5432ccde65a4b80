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
  readonly #known = new LRUCache<string, number>({
    max: MOST,
    ttl: BARRED_MS,
    dispose: (length) => this.#count(length, -1),
  });
  /** How many there are of each length: other pictures need no hash. */
  readonly #lengths = new Map<number, number>();

  /** Remembers a picture. */
  add(bytes: Uint8Array): void {
    const name = nameOf(bytes);
    if (this.#known.has(name)) return;
    this.#known.set(name, bytes.length);
    this.#count(bytes.length, 1);
  }

  /** @throws DetectError `inspect.barred` for a picture that is remembered */
  check(bytes: Uint8Array): void {
    if (!this.#lengths.has(bytes.length)) return;
    if (this.#known.has(nameOf(bytes))) throw new DetectError('inspect.barred');
  }

  #count(length: number, by: number): void {
    const count = (this.#lengths.get(length) ?? 0) + by;
    if (count > 0) this.#lengths.set(length, count);
    else this.#lengths.delete(length);
  }
}

function nameOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}
