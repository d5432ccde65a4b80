import type { CheckWords, OfChecks } from './words.ts';

/** One thing that is said of every check. */
export function ofChecks<Part extends 'name' | 'meaning' | 'advice'>(
  words: CheckWords,
  part: Part,
): OfChecks<Part> {
  const entries = Object.entries(words).map(([id, said]) => [id, said[part]]);
  return Object.fromEntries(entries) as OfChecks<Part>;
}
