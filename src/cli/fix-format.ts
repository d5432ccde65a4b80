import type { Repair } from '../repair/repair.ts';
import type { DetectError } from '../wire/errors.ts';
import type { Picture } from './run.ts';

/** A picture and what became of it: one of `result` and `error` is there. */
export interface FixRow extends Picture {
  readonly result?: Repair;
  readonly error?: DetectError;
  /** Where the picture that passes was written; null where there is none. */
  readonly written?: string | null;
}

/** What became of a picture, in one word. */
export type FixOutcome = 'good' | 'fixed' | 'failed' | 'error';

/** Turns a row into a line. */
export type FixFormat = (row: FixRow) => string;

/** The outcome of a row. */
export function fixOutcome({ result }: FixRow): FixOutcome {
  if (!result) return 'error';
  if (result.picture === null) return 'failed';
  return result.steps.length > 0 ? 'fixed' : 'good';
}

/** A line a picture, for people. */
export const fixText: FixFormat = (row) => {
  const { file, result, error, written } = row;
  const word = fixOutcome(row).padEnd(6);
  if (error) return `${word}  ${file}  ${error.code}  ${error.message} ${error.entry.advice}\n`;
  if (!result?.picture) {
    const several = result && result.faces.length > 1 ? `  (${result.faces.length} faces: see --face)` : '';
    return `${word}  ${file}  ${result?.reason}  ${result?.advice}${several}\n`;
  }
  const done = result.steps.map(({ detail }) => detail).join(' ') || 'Nothing to repair.';
  return `${word}  ${file}  ${written === '-' ? '' : `-> ${written}  `}${done}\n`;
};

/** NDJSON: what was done, and the inspections before and after. */
export const fixJson: FixFormat = ({ file, result, error, written }) => {
  if (error || !result) {
    const failure = error && { code: error.code, message: error.message, advice: error.entry.advice };
    return `${JSON.stringify({ file, error: failure })}\n`;
  }
  const { picture, steps, reason, advice, before, refusal, faces } = result;
  const row = {
    file,
    pass: picture !== null,
    reason,
    advice,
    written,
    steps,
    faces,
    refusal: refusal && { code: refusal.code, message: refusal.message },
    before,
    after: picture?.inspection ?? null,
  };
  return `${JSON.stringify(row)}\n`;
};
