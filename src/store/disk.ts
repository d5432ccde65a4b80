/** What is free on the disk of a folder. */
import { statfs } from 'node:fs/promises';
import { DetectError, type ErrorCode } from '../errors.ts';

/** How long an answer of the system is believed, in ms, less what was taken meanwhile. */
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

/** Refuses what would leave too little. */
export class Disk {
  readonly #options: DiskOptions;
  #free = 0;
  #askedAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | undefined;

  constructor(options: DiskOptions) {
    this.#options = options;
  }

  /**
   * Takes room for so many bytes.
   *
   * @throws DetectError the refusal when that leaves less than the floor
   */
  async take(bytes: number): Promise<void> {
    const { floorBytes, refusal = 'job.disk_full' } = this.#options;
    if (floorBytes === 0) return;
    if (performance.now() - this.#askedAt > BELIEVED_MS) {
      this.#asking ??= this.#ask().finally(() => {
        this.#asking = undefined;
      });
      await this.#asking;
    }
    if (this.#free - bytes < floorBytes) throw new DetectError(refusal);
    this.#free -= bytes;
  }

  async #ask(): Promise<void> {
    const { folder, spare = () => 0 } = this.#options;
    const { bavail, bsize } = await statfs(folder);
    this.#free = bavail * bsize + spare();
    this.#askedAt = performance.now();
  }
}
