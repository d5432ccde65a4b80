/** How the best pictures are told: as a table for people, and as JSON. */
import { weakestWords } from '../core/checks/quality.ts';
import type { Layout } from './layout.ts';
import type { Candidate } from './ranking.ts';
import { visible, visibleJson } from './visible.ts';

/** A picture among the best ones. */
export interface Ranked extends Candidate {
  /** From 1. */
  readonly rank: number;
  /** The path of its copy; null where there is none. */
  readonly written: string | null;
}

const HEAD = ['', 'quality', 'picture', 'verdict', 'what takes most from it'];

/** A row a picture. */
export function bestTable(ranked: readonly Ranked[], { table }: Layout): string {
  const rows = ranked.map(({ rank, inspection, ...picture }) => [
    String(rank),
    inspection.quality?.score.toFixed(1) ?? '',
    visible(calledIn(picture)),
    inspection.pass ? 'pass' : (inspection.reason ?? 'fail'),
    weakestWords(inspection) || 'nothing',
  ]);
  return table([HEAD, ...rows]);
}

/** NDJSON: a line a picture, with the whole inspection. */
export function bestJson(ranked: readonly Ranked[]): string {
  return ranked
    .map(({ rank, file, seconds, written, inspection }) => {
      const why = weakestWords(inspection);
      return `${visibleJson(JSON.stringify({ rank, file, seconds, written, why, ...inspection }))}\n`;
    })
    .join('');
}

function calledIn({ file, seconds }: Pick<Candidate, 'file' | 'seconds'>): string {
  return seconds === null ? file : `${file} at ${seconds.toFixed(2)} s`;
}
