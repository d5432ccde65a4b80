/** What is free on the disk of a folder. */
import { statfs } from 'node:fs/promises';
import { DetectError, type ErrorCode } from '../errors.ts';

/** How long an answer of the system is believed, in ms, less what was written meanwhile. */
const BELIEVED_MS = 1_000;

/** Which disk, and how much of it stays free. */
export interface DiskOptions {
  readonly folder: string;
  /** In bytes; 0 asks nothing of the system. */
  readonly floorBytes: number;
  /** What is thrown; `job.disk_full` when left out. */
  readonly refusal?: ErrorCode;
  /** Bytes that could be written without taking any of the disk; none when left out. */
  readonly spare?: () => number;
}

/** Room on the disk that is taken before it is written to. What is left of it has to be given back. */
export interface Room {
  /** So many bytes of it are on the disk. */
  wrote(bytes: number): void;
  /** Gives back what was not written; calling it again does nothing. */
  release(): void;
}

/** Refuses what would leave too little. */
export class Disk {
  readonly #options: DiskOptions;
  readonly #freeIn: (folder: string) => Promise<number>;
  /** As the system said. */
  #free = 0;
  #askedAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | undefined;
  /** What was written since it was asked, which it did not know of yet. */
  #written = 0;
  /** What is taken and not written yet, for as long as that lasts. */
  #claimed = 0;

  /** @param freeIn how many bytes are free on the disk of a folder; the system says so if left out */
  constructor(options: DiskOptions, freeIn = freeBytes) {
    this.#options = options;
    this.#freeIn = freeIn;
  }

  /**
   * Takes room for so many bytes.
   *
   * @throws DetectError the refusal when that leaves less than the floor
   */
  async take(bytes: number): Promise<Room> {
    const { floorBytes, refusal = 'job.disk_full' } = this.#options;
    if (floorBytes > 0) {
      if (performance.now() - this.#askedAt > BELIEVED_MS) {
        this.#asking ??= this.#ask().finally(() => {
          this.#asking = undefined;
        });
        await this.#asking;
      }
      if (this.#free - this.#written - this.#claimed - bytes < floorBytes) throw new DetectError(refusal);
    }
    return this.#room(bytes);
  }

  #room(bytes: number): Room {
    let left = bytes;
    this.#claimed += left;
    return {
      wrote: (written) => {
        const part = Math.min(left, written);
        left -= part;
        this.#claimed -= part;
        this.#written += part;
      },
      release: () => {
        this.#claimed -= left;
        left = 0;
      },
    };
  }

  async #ask(): Promise<void> {
    const { folder, spare = () => 0 } = this.#options;
    // What is written while it looks may count twice for a moment: rather too strict than too lax.
    this.#written = 0;
    this.#free = (await this.#freeIn(folder)) + spare();
    this.#askedAt = performance.now();
  }
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
