/** Which of several pictures is the best one: a score that no verdict depends on. */
import { QUALITY_PARTS, type Quality, type QualityPart } from '../inspection.ts';
import { DEFAULT_LANGUAGE, wordsIn } from '../words/catalogue.ts';
import type { Words } from '../words/words.ts';
import { PARTS } from './quality-parts.ts';
import type { Evidence } from './rule.ts';

/**
 * How good a picture is, from what was measured already.
 *
 * @returns null without a face
 */
export function qualityOf(evidence: Evidence): Quality | null {
  const { subject } = evidence;
  if (subject === null) return null;
  const parts = {} as Record<QualityPart, number>;
  for (const name of QUALITY_PARTS) {
    let part = 1;
    for (const factor of PARTS[name].factors) part *= factor.value(subject, evidence);
    parts[name] = rounded(part);
  }
  return { score: scoreOf(parts), parts };
}

/**
 * The score, 0 to 100, in tenths. Each part takes its share of what the others leave, so that one fault that spoils a picture
 * cannot be made up for by all that is right; by a mean, a covered face could pass for a fair one.
 *
 * @param parts 0 to 1 each
 */
export function scoreOf(parts: Readonly<Record<QualityPart, number>>): number {
  let left = 1;
  for (const name of QUALITY_PARTS) left *= 1 - lossOf(name, parts[name]);
  return Math.round(left * 1000) / 10;
}

/** The share of the score that a part takes away, 0 to its weight. */
export function lossOf(name: QualityPart, part: number): number {
  return PARTS[name].weight * (1 - part);
}

/** The part that takes most away; null where none takes anything. */
export function weakestOf({ parts }: Quality): QualityPart | null {
  const [first] = [...QUALITY_PARTS].sort((a, b) => lossOf(b, parts[b]) - lossOf(a, parts[a]));
  return first !== undefined && lossOf(first, parts[first]) > 0 ? first : null;
}

/** A share of the score that is not worth a word. */
const LITTLE = 0.02;

/** What takes most from the score, in a sentence; empty where nothing takes 2 % of it, or without a face. */
export function weakestWords(evidence: Evidence, words: Words = wordsIn(DEFAULT_LANGUAGE)): string {
  const { subject } = evidence;
  const quality = qualityOf(evidence);
  const weakest = quality === null ? null : weakestOf(quality);
  if (quality === null || weakest === null || subject === null) return '';
  if (lossOf(weakest, quality.parts[weakest]) < LITTLE) return '';
  const factors = PARTS[weakest].factors.map((factor) => ({
    factor,
    value: factor.value(subject, evidence),
  }));
  const [worst] = factors.sort((a, b) => a.value - b.value);
  return worst?.factor.words(words, subject) ?? '';
}

/** Parts are given as exactly as they mean something. What could not be measured is not a number, and is worth nothing. */
function rounded(part: number): number {
  return part > 0 ? Math.round(part * 1000) / 1000 : 0;
}
