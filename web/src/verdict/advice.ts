/** Several pieces of advice on one picture, each said once. */
import type { Check } from '../../../src/core/inspection.ts';

/** Between two sentences: behind a full stop, but not within a number. */
const BETWEEN = /(?<=[。！？])|(?<=[.!?]) +/;

/**
 * The checks whose advice is to be shown. A picture on its side leans too: to turn it is told once.
 *
 * @param failing checks that are beyond their limits
 */
export function told(failing: readonly Check[]): readonly Check[] {
  const isTurned = failing.some(({ id }) => id === 'upright');
  return isTurned ? failing.filter(({ id, advisory }) => !(id === 'roll' && advisory)) : failing;
}

/** The same texts, of which each sentence stands in the last one that has it: facts first, then what to do. */
export function withoutRepeats(texts: readonly string[]): string[] {
  const sentences = texts.map((text) => text.split(BETWEEN));
  return sentences.map((own, at) => {
    const later = new Set(sentences.slice(at + 1).flat());
    const kept = own.filter((sentence) => !later.has(sentence));
    return kept.join(/[。！？]$/.test(kept[0] ?? '') ? '' : ' ');
  });
}
