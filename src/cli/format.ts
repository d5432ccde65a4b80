import { stringify } from 'csv-stringify/sync';
import { decidingCheck } from '../core/checks/judge.ts';
import { FACE_REASONS } from '../core/checks/reasons.ts';
import { type Language, wordsIn } from '../core/words/catalogue.ts';
import { errorWords } from '../core/words/errors.ts';
import type { DetectError } from '../errors.ts';
import type { Paint } from './color.ts';
import { errorText, type Speech } from './context.ts';
import type { Layout } from './layout.ts';
import type { Row } from './run.ts';
import { visible, visibleJson } from './visible.ts';

/** Turns rows into text; `head` comes before the first one. */
export interface RowFormat {
  readonly head: string;
  /** Whether it is CSV, which a spreadsheet may open. */
  readonly isCsv?: true;
  row(row: Row): Written;
  /** What is told to people at the end, beside how many passed. */
  foot?(): string;
}

/** A row as text, and what it counts as. */
export interface Written {
  readonly line: string;
  readonly outcome: Outcome;
}

/** What became of a file, in one word. */
export type Outcome = 'pass' | 'fail' | 'error';

/** The outcome of a row. */
export function outcomeOf({ inspection }: Row): Outcome {
  if (!inspection) return 'error';
  return inspection.pass ? 'pass' : 'fail';
}

/** Why it did not pass, as a token; empty for a pass. A service may say anything here, and people read it. */
export function reasonOf({ inspection, error }: Row): string {
  return visible(inspection?.reason ?? error?.code ?? '');
}

/** What to do about it; for a pass, what would make it better still. */
export function adviceOf({ inspection, error }: Row, speech: Speech): string {
  if (error) return wordsIn(speech.language).join(errorText(speech, error).split('\n'));
  const deciding = inspection && decidingCheck(inspection);
  if (deciding) return deciding.advice;
  const all = inspection?.checks.map(({ advice }) => advice).filter(Boolean) ?? [];
  return wordsIn(speech.language).join(all);
}

const COLOR = { pass: 'green', fail: 'red', error: 'yellow' } as const;

/** Columns of a score, such as 100.0. */
const SCORE_WIDTH = 5;

/** The score as people read it; a dash where there is none. */
function scoreText({ inspection }: Row): string {
  return (inspection?.quality?.score.toFixed(1) ?? '-').padStart(SCORE_WIDTH);
}

/** How lines look. */
export interface TextOptions {
  readonly paint?: Paint;
  /** The score that the lines are sorted by stands before the name. */
  readonly isSorted?: boolean;
  /** The names that there will be, as far as they are known: they are a column where they leave room for the advice. */
  readonly files?: readonly string[];
}

/** With more names than this there is not a column of them: to measure them would keep a terminal waiting. */
const MOST_MEASURED = 10_000;
/** Columns of the longest reason of a picture that could be looked at. */
const REASON_WIDTH = Math.max(...FACE_REASONS.map(({ length }) => length));

/** One line per picture, for people. */
export function textFormat(
  layout: Layout,
  speech: Speech,
  { paint = (text) => text, isSorted = false, files = [] }: TextOptions = {},
): RowFormat {
  const names = files.length > MOST_MEASURED ? [] : files.map(visible);
  const row = layout.rows([names, REASON_WIDTH]);
  return {
    head: '',
    row(picture) {
      const outcome = outcomeOf(picture);
      const word = speech.words.check.outcomes[outcome];
      const label = `${paint(word, COLOR[outcome])}  ${isSorted ? `${scoreText(picture)}  ` : ''}`;
      const told = wordsIn(speech.language).join(
        [adviceOf(picture, speech), whichFace(picture, speech)].filter(Boolean),
      );
      const reason = outcome === 'pass' ? '' : reasonOf(picture);
      return { outcome, line: row([visible(picture.file), reason, visible(told)], label) };
    },
  };
}

/** Where there are several faces, which one LivePortrait takes; `fix --face` counts in the same way. */
function whichFace({ inspection }: Row, { words }: Speech): string {
  const { faces, subject } = inspection ?? {};
  if (!faces || faces.length < 2 || !subject) return '';
  const { x, y, width, height } = subject.box;
  const at = {
    left: Math.round(x),
    top: Math.round(y),
    width: Math.round(width),
    height: Math.round(height),
  };
  return words.check.whichFace(subject.index + 1, faces.length, at);
}

/** NDJSON: `file`, exactly as it is called, and the whole inspection, or `file` and `error`. */
export const jsonFormat = ({ language }: Speech): RowFormat => ({
  head: '',
  row(row) {
    const { file, inspection, error } = row;
    const body = error ? { file, error: failureOf(error, language) } : { file, ...inspection };
    return { outcome: outcomeOf(row), line: `${visibleJson(JSON.stringify(body))}\n` };
  },
});

/** An error as JSON has it: what to do is in the reader's language, and the message is for whoever reports it. */
export function failureOf({ code, message }: DetectError, language: Language) {
  return { code, message, advice: errorWords(code, language).advice };
}

const COLUMNS = [
  'file',
  'outcome',
  'reason',
  'advice',
  'format',
  'width',
  'height',
  'faces',
  'face_width',
  'yaw',
  'pitch',
  'roll',
  'human',
  'obstructed',
  'sharpness',
  'cover',
  'covered',
  'quality',
];

/**
 * CSV (RFC 4180, with a line of column names): one record per picture, whatever its name. A text that a spreadsheet
 * would take for a formula has a `'` before it.
 */
export const csvFormat = (speech: Speech): RowFormat => ({
  head: stringify([COLUMNS]),
  isCsv: true,
  row(row) {
    const { image, faces, subject, quality } = row.inspection ?? {};
    const outcome = outcomeOf(row);
    const cells = [
      row.file,
      outcome,
      reasonOf(row),
      adviceOf(row, speech),
      image?.format,
      image?.uprightWidth,
      image?.uprightHeight,
      faces?.length,
      subject?.workingWidth,
      subject?.pose.yaw,
      subject?.pose.pitch,
      subject?.pose.roll,
      subject?.heads.human,
      subject?.heads.obstructed,
      subject?.sharpness,
      subject?.cover?.class,
      subject?.cover?.regions.join(' '),
      quality?.score,
    ];
    // A service may answer with any text, in place of a number too.
    const shown = cells.map((cell) => (typeof cell === 'string' ? visible(cell) : cell));
    return { outcome, line: stringify([shown], { escape_formulas: true }) };
  },
});
