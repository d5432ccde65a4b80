/** How much is kept, by key and in all, and how much more may be. */
import { DetectError, fill, REQUEST_DETAILS } from '../errors.ts';

/** What uploads may take. */
export interface UploadLimits {
  readonly keyFiles: number;
  readonly keyBytes: number;
  readonly files: number;
  readonly bytes: number;
}

/** Room that an upload has taken before it is here. It ends in one of `settle` and `release`; what comes after is ignored. */
export interface Claim {
  /** The file is kept. @param bytes what it takes, no more than was claimed */
  settle(bytes: number): void;
  /** There will be none. */
  release(): void;
}

interface Sum {
  files: number;
  bytes: number;
}

const MIB = 1024 * 1024;

/**
 * Counts in the memory of this process, and from time to time anew by what the store lists: several processes that share a
 * store may overrun its limits together by what they take in between two counts.
 */
export class Ledger {
  readonly #limits: UploadLimits;
  #kept = new Count();
  readonly #claimed = new Count();
  /** What has been kept since a count began. */
  #since: Count | undefined;

  constructor(limits: UploadLimits) {
    this.#limits = limits;
  }

  /** What is kept of all keys. */
  get kept(): Readonly<Sum> {
    return this.#kept.all;
  }

  /**
   * Takes room for a file of up to so many bytes.
   *
   * @throws DetectError `upload.key_full` or `upload.full`, with the limit
   */
  take(keyId: string, bytes: number): Claim {
    this.#check(keyId, bytes);
    this.#claimed.add(keyId, 1, bytes);
    let isOpen = true;
    const end = () => {
      if (isOpen) this.#claimed.add(keyId, -1, -bytes);
      isOpen = false;
    };
    return {
      settle: (taken) => {
        if (!isOpen) return;
        end();
        this.#kept.add(keyId, 1, taken);
        this.#since?.add(keyId, 1, taken);
      },
      release: end,
    };
  }

  /**
   * Begins to count anew. What is kept meanwhile counts too, perhaps twice until the next count: rather too strict for a
   * while than too lax.
   *
   * @returns what takes each file, and what puts the new count in place of the old
   */
  recount(): { add(keyId: string, bytes: number): void; done(): void } {
    const count = new Count();
    this.#since = count;
    return {
      add: (keyId, bytes) => count.add(keyId, 1, bytes),
      done: () => {
        this.#kept = count;
        this.#since = undefined;
      },
    };
  }

  #check(keyId: string, bytes: number): void {
    const { keyFiles, keyBytes, files, bytes: allBytes } = this.#limits;
    const own = sum(this.#kept.of(keyId), this.#claimed.of(keyId));
    if (own.files + 1 > keyFiles)
      throw new DetectError('upload.key_full', fill(REQUEST_DETAILS.keyUploads, { most: keyFiles }));
    if (own.bytes + bytes > keyBytes) {
      throw new DetectError(
        'upload.key_full',
        fill(REQUEST_DETAILS.keyUploadBytes, { most: keyBytes / MIB }),
      );
    }
    const all = sum(this.#kept.all, this.#claimed.all);
    if (all.files + 1 > files)
      throw new DetectError('upload.full', fill(REQUEST_DETAILS.allUploads, { most: files }));
    if (all.bytes + bytes > allBytes) {
      throw new DetectError('upload.full', fill(REQUEST_DETAILS.allUploadBytes, { most: allBytes / MIB }));
    }
  }
}

class Count {
  readonly all: Sum = { files: 0, bytes: 0 };
  readonly #keys = new Map<string, Sum>();

  of(keyId: string): Readonly<Sum> {
    return this.#keys.get(keyId) ?? { files: 0, bytes: 0 };
  }

  add(keyId: string, files: number, bytes: number): void {
    const own = this.#keys.get(keyId) ?? { files: 0, bytes: 0 };
    for (const each of [own, this.all]) {
      each.files += files;
      each.bytes += bytes;
    }
    if (own.files > 0) this.#keys.set(keyId, own);
    else this.#keys.delete(keyId);
  }
}

function sum(a: Readonly<Sum>, b: Readonly<Sum>): Sum {
  return { files: a.files + b.files, bytes: a.bytes + b.bytes };
}
