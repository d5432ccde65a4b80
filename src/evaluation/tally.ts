import type { CoverClass, FaceReason } from '../core/inspection.ts';
import type { ToldCover } from '../core/words/words.ts';
import type { Label } from './manifest.ts';
import { isTrueReason, tokenOf } from './reasons.ts';

/** The token of a face that is covered. */
export const OBSTRUCTED = 'face.obstructed' satisfies FaceReason;

/** What became of a labelled picture. */
export interface Judged extends Label {
  readonly outcome: 'pass' | 'fail' | 'error';
  /** The token of the failure or error; empty for a pass. */
  readonly token: string;
  /** What covers the face; null for nothing, and for a picture that could not be inspected. */
  readonly cover: ToldCover | null;
  /** What each check measured, by its id; nothing for a picture that could not be inspected. */
  readonly values: Readonly<Record<string, number | null>>;
}

/** The pictures of one group that were expected to end in the same way. */
export interface TallyRow {
  /** What the row's pictures have in the columns that are counted by, such as `obstructed, hand`. */
  readonly group: string;
  readonly expected: Label['expected'];
  readonly reason: string;
  total: number;
  passed: number;
  failed: number;
  /** Could not be inspected; for a picture that should fail this is a refusal too. */
  unread: number;
  /** How many of those that were refused have a label that says why. */
  explained: number;
  /** How many of these were refused for that reason. */
  trulyExplained: number;
  /** How often each token was given. */
  readonly tokens: Record<string, number>;
  /** How often each class was named of those that were told to be covered. */
  readonly covers: Partial<Record<CoverClass, number>>;
}

/** True where a picture that should pass does not, or the other way round. */
export function isMisjudged({ expected, outcome }: Judged): boolean {
  return expected !== 'either' && (outcome === 'pass') !== (expected === 'pass');
}

/** The share of a row's pictures that were judged as expected, 0 to 1; null where either verdict will do. */
export function shareRight({ expected, total, passed }: TallyRow): number | null {
  if (expected === 'either' || total === 0) return null;
  return (expected === 'pass' ? passed : total - passed) / total;
}

/** Of the pictures that were rightly refused, and whose label says why: how many, and for how many that is the reason given. */
export function trueReasons(table: readonly TallyRow[]): { readonly total: number; readonly right: number } {
  const rows = table.filter(({ expected }) => expected === 'fail');
  const sum = (pick: (row: TallyRow) => number) => rows.reduce((total, row) => total + pick(row), 0);
  return { total: sum(({ explained }) => explained), right: sum(({ trulyExplained }) => trulyExplained) };
}

/**
 * Counts by group, expectation and reason, sorted by these.
 *
 * @param by columns of the manifest whose values make a group; one that a row leaves empty counts as not there
 */
export function tally(judged: readonly Judged[], by: readonly string[] = []): TallyRow[] {
  const rows = new Map<string, TallyRow>();
  for (const { group: label, columns, expected, reason, outcome, token, cover } of judged) {
    const values = by.map((name) => columns[name] ?? '').filter((value) => value !== '');
    const group = [...new Set(values)].join(', ') || label;
    const key = JSON.stringify([group, expected, reason]);
    const row = rows.get(key) ?? {
      group,
      expected,
      reason,
      total: 0,
      passed: 0,
      failed: 0,
      unread: 0,
      explained: 0,
      trulyExplained: 0,
      tokens: {},
      covers: {},
    };
    rows.set(key, row);
    row.total++;
    if (outcome === 'pass') row.passed++;
    else if (outcome === 'fail') row.failed++;
    else row.unread++;
    if (outcome !== 'pass' && tokenOf(reason) !== null) {
      row.explained++;
      if (isTrueReason(reason, token)) row.trulyExplained++;
    }
    if (token) row.tokens[token] = (row.tokens[token] ?? 0) + 1;
    if (token === OBSTRUCTED && cover) row.covers[cover.class] = (row.covers[cover.class] ?? 0) + 1;
  }
  return [...rows.keys()].sort().map((key) => rows.get(key) as TallyRow);
}
