import { styleText } from 'node:util';
import { stringify } from 'csv-stringify/sync';
import { messageOf } from './context.ts';
import type { Layout } from './layout.ts';
import type { Row } from './run.ts';
import { visible, visibleJson } from './visible.ts';

/** Turns rows into text; `head` comes before the first one. */
export interface RowFormat {
  readonly head: string;
  row(row: Row): string;
  /** What a row counts as, where that is not the inspection's own verdict. */
  outcome?(row: Row): Outcome;
  /** What is told to people at the end, besides how many passed. */
  foot?(): string;
}

/** What became of a file, in one word. */
export type Outcome = 'pass' | 'fail' | 'error';

/** The outcome of a row. */
export function outcomeOf({ inspection }: Row): Outcome {
  if (!inspection) return 'error';
  return inspection.pass ? 'pass' : 'fail';
}

/** Why it did not pass, as a token; empty for a pass. */
export function reasonOf({ inspection, error }: Row): string {
  return inspection?.reason ?? error?.code ?? '';
}

/** What to do about it; for a pass, what would make it better still. */
export function adviceOf({ inspection, error }: Row): string {
  if (error) return `${messageOf(error)} ${error.entry.advice}`;
  const deciding = inspection?.checks.find(
    (check) => check.reason !== null && check.reason === inspection.reason,
  );
  if (deciding) return deciding.advice;
  return (
    inspection?.checks
      .map(({ advice }) => advice)
      .filter(Boolean)
      .join(' ') ?? ''
  );
}

const COLOR = { pass: 'green', fail: 'red', error: 'yellow' } as const;

/** Columns of a score, such as 100.0. */
const SCORE_WIDTH = 5;

/** The score as people read it; a dash where there is none. */
export function scoreText({ inspection }: Row): string {
  return (inspection?.quality?.score.toFixed(1) ?? '-').padStart(SCORE_WIDTH);
}

/** How lines look. */
export interface TextOptions {
  readonly isColored?: boolean;
  /** The score that the lines are sorted by stands before the name. */
  readonly isSorted?: boolean;
}

/** A line a picture, for people. */
export function textFormat(
  { paragraph }: Layout,
  { isColored = false, isSorted = false }: TextOptions = {},
): RowFormat {
  return {
    head: '',
    row(row) {
      const outcome = outcomeOf(row);
      const word = outcome.padEnd(5);
      const advice = visible(adviceOf(row));
      const colored = isColored ? styleText(COLOR[outcome], word, { validateStream: false }) : word;
      const reason = outcome === 'pass' ? '' : `  ${reasonOf(row)}`;
      return paragraph(
        `${visible(row.file)}${reason}${advice && `  ${advice}`}${whichFace(row)}`,
        `${colored}  ${isSorted ? `${scoreText(row)}  ` : ''}`,
      );
    },
  };
}

/** Where there are several faces, which one LivePortrait takes; `fix --face` counts in the same way. */
function whichFace({ inspection }: Row): string {
  const { faces, subject } = inspection ?? {};
  if (!faces || faces.length < 2 || !subject) return '';
  const { x, y, width, height } = subject.box;
  const [left, top, wide, high] = [x, y, width, height].map(Math.round);
  return `  (LivePortrait takes face ${subject.index + 1} of ${faces.length}: ${wide} x ${high} px at ${left}, ${top})`;
}

/** NDJSON: `file`, exactly as it is called, and the whole inspection, or `file` and `error`. */
export const jsonFormat: RowFormat = {
  head: '',
  row({ file, inspection, error }) {
    const failure = error && { code: error.code, message: error.message, advice: error.entry.advice };
    return `${visibleJson(JSON.stringify(failure ? { file, error: failure } : { file, ...inspection }))}\n`;
  },
};

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
 * CSV (RFC 4180, with a line of column names): a line a picture, whatever it is called. A text that a spreadsheet
 * would take for a formula has a `'` before it.
 */
export const csvFormat: RowFormat = {
  head: stringify([COLUMNS]),
  row(row) {
    const { image, faces, subject, quality } = row.inspection ?? {};
    const cells = [
      [
        visible(row.file),
        outcomeOf(row),
        reasonOf(row),
        visible(adviceOf(row)),
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
      ],
    ];
    return stringify(cells, { escape_formulas: true });
  },
};
