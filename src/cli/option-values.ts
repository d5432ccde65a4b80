/** Reads values of options, and says in the reader's language what is wrong with them. */
import { InvalidArgumentError } from 'commander';
import type { Speech } from './context.ts';

/** Pictures at a time, at most: far more than any machine has cores. */
const MOST_JOBS = 256;

/**
 * Makes what reads a whole number from `least` to `most`, or without an end if that is null. It throws commander's
 * InvalidArgumentError for anything else.
 */
export function toWhole({ words }: Speech, least: number, most: number | null): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (Number.isInteger(number) && number >= least && (most === null || number <= most)) return number;
    throw new InvalidArgumentError(words.run.wholeNumber(least, most));
  };
}

/** Reads the value of `--jobs`: how many pictures are inspected at a time. */
export function toJobs(speech: Speech): (text: string) => number {
  return toWhole(speech, 1, MOST_JOBS);
}
