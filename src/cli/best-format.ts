/** How the best pictures are told: as a table for people, and as JSON. */
import { weakestWords } from '../core/checks/quality.ts';
import { wordsIn } from '../core/words/catalogue.ts';
import type { Speech } from './context.ts';
import type { Layout } from './layout.ts';
import type { Candidate } from './ranking.ts';
import { visible, visibleJson } from './visible.ts';
import type { BestWords } from './words/words.ts';

/** A picture among the best ones. */
export interface Ranked extends Candidate {
  /** From 1. */
  readonly rank: number;
  /** The path of its copy; null where there is none. */
  readonly written: string | null;
}

/** One row per picture. */
export function bestTable(
  ranked: readonly Ranked[],
  { table }: Layout,
  { words, language }: Speech,
): Promise<string> {
  const rows = ranked.map(({ rank, inspection, ...picture }) => [
    String(rank),
    inspection.quality?.score.toFixed(1) ?? '',
    visible(calledIn(picture, words.best)),
    inspection.pass ? words.best.pass : (inspection.reason ?? ''),
    weakestWords(inspection, wordsIn(language)) || words.best.nothing,
  ]);
  return table([words.best.head, ...rows]);
}

/** NDJSON: one line per picture, with the whole inspection. */
export function bestJson(ranked: readonly Ranked[], { language }: Speech): string {
  return ranked
    .map(({ rank, file, seconds, written, inspection }) => {
      const why = weakestWords(inspection, wordsIn(language));
      return `${visibleJson(JSON.stringify({ rank, file, seconds, written, why, ...inspection }))}\n`;
    })
    .join('');
}

function calledIn({ file, seconds }: Pick<Candidate, 'file' | 'seconds'>, { frame }: BestWords): string {
  return seconds === null ? file : frame(file, seconds.toFixed(2));
}
