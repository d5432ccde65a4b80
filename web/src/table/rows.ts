/** A picture's line: what the table shows, and what the exports hold. */
import type { Judgement } from '../../../src/core/checks/judge.ts';
import { RULES } from '../../../src/core/checks/rules.ts';
import { tellProblem } from '../api/problem.ts';
import type { Picture, Standing } from '../session/picture.ts';
import type { Spoken } from '../words/catalogue.ts';

/** A line of the export. */
export interface Row {
  readonly name: string;
  readonly verdict: Standing;
  readonly reason: string;
  readonly advice: string;
  /** What covers the face: a class; empty for nothing. */
  readonly cover: string;
  /** The regions that it covers. */
  readonly covered: string;
  /** The score, 0 to 100. */
  readonly quality: number | null;
  readonly faces: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly values: Readonly<Record<string, number | null>>;
}

/** The line of a picture, by the limits as they are now; its advice in a language. */
export function rowOf(picture: Picture, spoken: Spoken): Row {
  const now = picture.progress.value;
  const inspection = now.at === 'inspected' ? now.inspection : null;
  const judgement = picture.judgement.value;
  return {
    name: picture.source.kind === 'url' ? picture.source.url : picture.name,
    verdict: picture.standing.value,
    reason: picture.reason.value ?? '',
    advice: now.at === 'failed' ? tellProblem(now.problem, spoken).advice : adviceOf(judgement),
    cover: inspection?.subject?.cover?.class ?? '',
    covered: inspection?.subject?.cover?.regions.join(' ') ?? '',
    quality: inspection?.quality?.score ?? null,
    faces: inspection?.faces.length ?? null,
    width: inspection?.image.uprightWidth ?? null,
    height: inspection?.image.uprightHeight ?? null,
    values: valuesOf(judgement),
  };
}

/** What a judgement asks for, in one line. */
export function adviceOf(judgement: Judgement | null): string {
  const failing = judgement?.checks.find(({ status, advisory }) => status === 'fail' && !advisory);
  return failing?.advice ?? '';
}

function valuesOf(judgement: Judgement | null): Record<string, number | null> {
  const value = (id: string) => judgement?.checks.find((check) => check.id === id)?.value ?? null;
  return Object.fromEntries(RULES.map(({ id }) => [id, value(id)]));
}

/** Lines as CSV (RFC 4180), a column for each check, and at the end what covers the face, and the quality. */
export function toCsv(rows: readonly Row[]): string {
  const ids = RULES.map(({ id }) => id);
  const head = [
    'name',
    'verdict',
    'reason',
    'advice',
    'faces',
    'width',
    'height',
    ...ids.map(columnOf),
    'cover',
    'covered',
    'quality',
  ];
  const lines = rows.map(({ values, cover, covered, quality, ...row }) => [
    ...Object.values(row),
    ...ids.map((id) => values[id]),
    cover,
    covered,
    quality,
  ]);
  return [head, ...lines].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

/** The head of a check's column; the picture's own height has the other one. */
function columnOf(id: string): string {
  return id === 'height' ? 'face_height' : id;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  // A spreadsheet would take such a name for a formula.
  const text = /^[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
