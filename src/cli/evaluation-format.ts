import { wilson } from '../evaluation/interval.ts';
import { percent, short } from '../evaluation/numbers.ts';
import type { Misjudged } from '../evaluation/report.ts';
import type { Proposal } from '../evaluation/sweep.ts';
import { OBSTRUCTED, shareRight, type TallyRow, trueReasons } from '../evaluation/tally.ts';
import { columns } from './columns.ts';
import type { Speech } from './context.ts';
import { type Layout, loadWidthOf } from './layout.ts';
import { visible, visibleJson } from './visible.ts';
import type { EvaluateWords } from './words/words.ts';

/** What an evaluation found. */
export interface EvaluationResult {
  readonly table: readonly TallyRow[];
  readonly misjudged: readonly Misjudged[];
  /** Limits for a wanted rate of false alarms; empty where none was wanted. */
  readonly proposals: readonly Proposal[];
}

/** All of it for a program. */
export function evaluationJson({ table, misjudged, proposals }: EvaluationResult): string {
  const groups = table.map((row) => ({ ...row, right: shareRight(row), interval: intervalOf(row) }));
  const pictures = misjudged.map(({ thumbnail, ...rest }) => rest);
  const result = { groups, reasons: trueReasons(table), misjudged: pictures, proposals };
  return `${visibleJson(JSON.stringify(result, null, 2))}\n`;
}

/** All of it for people. */
export async function evaluationText(
  { table, misjudged, proposals }: EvaluationResult,
  layout: Layout,
  { words: { evaluate: words } }: Speech,
): Promise<string> {
  const wrong = misjudged.map(({ file, expected, outcome, token, cover }) => [
    visible(file),
    words.expected(words.outcomes[expected]),
    words.got(words.outcomes[outcome]),
    token === OBSTRUCTED && cover ? `${token} (${cover.class})` : token,
  ]);
  const { total, right } = trueReasons(table);
  const parts = [await layout.table([words.head, ...table.map((row) => toCells(row, words))])];
  if (total > 0) {
    const share = percent(right / total);
    parts.push(layout.paragraph(words.trueReasons(right, total, share)));
  }
  const lines = [
    words.misjudged(misjudged.length),
    ...columns(wrong, await loadWidthOf())
      .split('\n')
      .slice(0, -1),
  ];
  parts.push(lines.map((line) => layout.paragraph(line)).join(''));
  if (proposals.length > 0) parts.push(await layout.table([words.proposalHead, ...proposalRows(proposals)]));
  return parts.join('\n');
}

function toCells(row: TallyRow, { outcomes }: EvaluateWords): string[] {
  const right = shareRight(row);
  const interval = intervalOf(row);
  return [
    visible(row.group),
    outcomes[row.expected],
    visible(row.reason) || '–',
    ...[row.total, row.passed, row.failed, row.unread].map(String),
    right === null ? '–' : percent(right),
    interval === null ? '–' : `${percent(interval.low)} – ${percent(interval.high)}`,
    row.explained === 0 ? '–' : percent(row.trulyExplained / row.explained),
    counts(row.tokens, (token) => (token === OBSTRUCTED ? bracketed(counts(row.covers)) : '')),
  ];
}

/** How often each occurs, the most frequent first. */
function counts(of: Readonly<Record<string, number>>, after: (name: string) => string = () => ''): string {
  return Object.entries(of)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}${after(name)}`)
    .join(', ');
}

function bracketed(text: string): string {
  return text && ` (${text})`;
}

function intervalOf(row: TallyRow) {
  const right = shareRight(row);
  return right === null ? null : wilson(Math.round(right * row.total), row.total);
}

function proposalRows(proposals: readonly Proposal[]): string[][] {
  return proposals.map(({ name, now, limit, caught, falseAlarms }) => [
    name,
    short(now.limit),
    percent(now.caught),
    percent(now.falseAlarms),
    short(limit),
    percent(caught),
    percent(falseAlarms),
  ]);
}
