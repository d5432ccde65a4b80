/** Which pictures are the best ones. */
import type { Inspection } from '../core/inspection.ts';

/** A picture, or a frame of a film, that has a face. */
export interface Candidate {
  /** What it is called: a path, an address, or `-`; of a frame, that of its film. */
  readonly file: string;
  /** The name for a copy of it. */
  readonly name: string;
  /** When a frame is shown, from the film's start; null for a picture. */
  readonly seconds: number | null;
  readonly inspection: Inspection;
  /** The file, where it is to be copied. */
  readonly bytes: Uint8Array | null;
}

/** Frames of one film that are nearer to each other than this, in seconds, are as good as the same picture. */
const APART_SECONDS = 1;

/** The best pictures so far, and no more of them than are wanted. */
export class Ranking {
  readonly #most: number;
  #best: readonly Candidate[] = [];

  /** @param most how many are wanted, from 1 */
  constructor(most: number) {
    this.#most = most;
  }

  /** The best ones, the very best first. */
  get best(): readonly Candidate[] {
    return this.#best;
  }

  /** Takes a picture in, if it is good enough. */
  add(candidate: Candidate): void {
    this.#best = [...this.#best, candidate].sort(byQuality).slice(0, this.#most);
  }

  /** Takes in the best frames of one film, each a second or more from the others; less, in a film of a few seconds. */
  addFilm(frames: readonly Candidate[]): void {
    const times = frames.map(({ seconds }) => seconds ?? 0);
    const length = times.length === 0 ? 0 : Math.max(...times) - Math.min(...times);
    const apart = Math.min(APART_SECONDS, length / (2 * this.#most));
    const taken: Candidate[] = [];
    for (const frame of [...frames].sort(byQuality)) {
      if (taken.length === this.#most) break;
      if (taken.every(({ seconds }) => Math.abs((seconds ?? 0) - (frame.seconds ?? 0)) >= apart))
        taken.push(frame);
    }
    for (const frame of taken) this.add(frame);
  }
}

/** What passes is better than what does not, whatever the score: the score knows nothing of the policy. */
function byQuality(a: Candidate, b: Candidate): number {
  return Number(b.inspection.pass) - Number(a.inspection.pass) || scoreOf(b) - scoreOf(a);
}

function scoreOf({ inspection }: Candidate): number {
  return inspection.quality?.score ?? 0;
}
