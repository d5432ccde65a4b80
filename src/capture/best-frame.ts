/** The best of the last frames. */
import type { PageFormat } from '../browser/protocol.ts';
import type { Inspection } from '../core/inspection.ts';

/** A frame with what was found in it. Whoever holds it closes its bitmap. */
export interface Frame {
  readonly bitmap: ImageBitmap;
  readonly inspection: Inspection<PageFormat>;
  /** When it was taken, in milliseconds. */
  readonly at: number;
  /** It asks for nothing. */
  readonly isReady: boolean;
}

/** How old a frame may be, in milliseconds. */
const OLDEST_MS = 1000;

/** Most frames that are kept, for the memory that they take: 3.7 MB each at 1280 x 720. */
const MOST_FRAMES = 12;

/** Keeps only those frames that may still be the best of the last second: each is worse than the one before. */
export class BestFrame {
  #frames: Frame[] = [];

  /** Takes a frame over. */
  add(frame: Frame): void {
    const rank = rankOf(frame);
    while (this.#frames.length > 0 && rankOf(this.#frames.at(-1)!) <= rank)
      this.#frames.pop()?.bitmap.close();
    this.#frames.push(frame);
    while (this.#frames.length > MOST_FRAMES || frame.at - this.#frames[0].at > OLDEST_MS) {
      this.#frames.shift()?.bitmap.close();
    }
  }

  /** Hands the best frame over; null where there is none. */
  take(): Frame | null {
    const best = this.#frames.shift() ?? null;
    this.clear();
    return best;
  }

  /** Forgets all of them. */
  clear(): void {
    for (const { bitmap } of this.#frames) bitmap.close();
    this.#frames = [];
  }
}

/** Above the quality of every frame that asks for something. */
const READY = 1000;

function rankOf({ inspection, isReady }: Frame): number {
  return (inspection.quality?.score ?? 0) + (isReady ? READY : 0);
}
