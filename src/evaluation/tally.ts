import type { Label } from './manifest.ts';

/** What became of a labelled picture. */
export interface Judged extends Label {
  readonly outcome: 'pass' | 'fail' | 'error';
  /** The token of the failure or error; empty for a pass. */
  readonly token: string;
  /** What each check measured, by its id; nothing for a picture that could not be inspected. */
  readonly values: Readonly<Record<string, number | null>>;
}

/** The pictures of one group that were expected to end in the same way. */
export interface TallyRow {
  readonly group: string;
  readonly expected: Label['expected'];
  readonly reason: string;
  total: number;
  passed: number;
  failed: number;
  /** Could not be inspected; for a picture that should fail this is a refusal too. */
  unread: number;
  /** How often each token was given. */
  readonly tokens: Record<string, number>;
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

/** Counts by group, expectation and reason, sorted by these. */
export function tally(judged: readonly Judged[]): TallyRow[] {
  const rows = new Map<string, TallyRow>();
  for (const { group, expected, reason, outcome, token } of judged) {
    const key = JSON.stringify([group, expected, reason]);
    const row = rows.get(key) ?? {
      group,
      expected,
      reason,
      total: 0,
      passed: 0,
      failed: 0,
      unread: 0,
      tokens: {},
    };
    rows.set(key, row);
    row.total++;
    if (outcome === 'pass') row.passed++;
    else if (outcome === 'fail') row.failed++;
    else row.unread++;
    if (token) row.tokens[token] = (row.tokens[token] ?? 0) + 1;
  }
  return [...rows.keys()].sort().map((key) => rows.get(key) as TallyRow);
}
