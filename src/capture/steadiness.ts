/** Keeps instructions from flickering, and tells when all has been good for long enough: a pure function of time. */
import type { Instruction } from './instruction.ts';

/** Frames in a row that call for an instruction before it is given, and for how long they do, in milliseconds. */
const HOLD = { frames: 3, ms: 250 } as const;

/** How long all has to be good before a picture is taken, and in how many frames at least. */
const GOOD = { frames: 3, ms: 700 } as const;

/** What was called for lately. */
export interface Steadiness {
  /** The instruction that is given; null before the first. */
  readonly given: Instruction | null;
  /** What the last frames in a row called for. */
  readonly wanted: Instruction | null;
  /** How many they are, … */
  readonly frames: number;
  /** … and when the first of them was taken, in milliseconds. */
  readonly since: number;
}

/** Before the first frame. */
export const UNSTEADY: Steadiness = { given: null, wanted: null, frames: 0, since: 0 };

/**
 * Goes on by a frame.
 *
 * @param wanted what the frame calls for
 * @param at     when it was taken, in milliseconds
 */
export function steady(before: Steadiness, wanted: Instruction, at: number): Steadiness {
  const goesOn = wanted === before.wanted;
  const frames = goesOn ? before.frames + 1 : 1;
  const since = goesOn ? before.since : at;
  const holds = frames >= HOLD.frames && at - since >= HOLD.ms;
  return { given: holds ? wanted : before.given, wanted, frames, since };
}

/** Whether all has been good for long enough. */
export function isGood(steadiness: Steadiness, at: number): boolean {
  return progress(steadiness, at) === 1;
}

/** How much of the time is over for which all has to be good, 0 to 1. */
export function progress({ given, wanted, frames, since }: Steadiness, at: number): number {
  if (wanted !== 'ready' || given !== 'ready') return 0;
  return Math.min(1, frames / GOOD.frames, (at - since) / GOOD.ms);
}
