import { wordsIn } from '../core/words/catalogue.ts';
import type { DetectError } from '../errors.ts';
import type { Repair } from '../repair/repair.ts';
import { toldRepair } from '../repair/told.ts';
import { errorText, type Speech } from './context.ts';
import { failureOf } from './format.ts';
import type { Layout } from './layout.ts';
import type { Picture } from './run.ts';
import { visible, visibleJson } from './visible.ts';

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

/** One line per picture, for people. */
export const fixText =
  ({ paragraph }: Layout, speech: Speech): FixFormat =>
  (row) => {
    const { result, error, written } = row;
    const { fix: words } = speech.words;
    const { join } = wordsIn(speech.language);
    const label = `${words.outcomes[fixOutcome(row)]}  `;
    const file = visible(row.file);
    if (error) {
      const told = join(errorText(speech, error).split('\n'));
      return paragraph(`${file}  ${error.code}  ${told}`, label);
    }
    if (!result?.picture) {
      // Where none of them is a human's face, another place that looks like one does not help.
      const helps = result !== undefined && result.faces.length > 1 && result.reason !== 'face.none';
      const several = helps ? [words.severalFaces(result.faces.length)] : [];
      return paragraph(`${file}  ${result?.reason}  ${join([result?.advice ?? '', ...several])}`, label);
    }
    const done = join(result.steps.map(({ detail }) => detail)) || words.nothingToDo;
    const to = written === '-' ? '' : `-> ${visible(written ?? '')}  `;
    return paragraph(`${file}  ${to}${done}`, label);
  };

/** NDJSON: what was done, and the inspections before and after. */
export const fixJson =
  ({ language }: Speech): FixFormat =>
  ({ file, result, error, written }) => {
    if (error || !result) {
      const failure = error && failureOf(error, language);
      return `${visibleJson(JSON.stringify({ file, error: failure }))}\n`;
    }
    return `${visibleJson(JSON.stringify({ file, written, ...toldRepair(result) }))}\n`;
  };
