/** The sentences of a catalogue in another language, each known by its English text. */
import { valuesOf } from '../../errors/fill.ts';
import type { Said } from './zh-cn/details/said.ts';

type Values = Readonly<Record<string, string>>;

/** How one sentence is said of what stands in its places. */
export type Sentence = readonly [template: string, say: (values: Values) => string];

/** All sentences of a catalogue. */
export function sentences<T extends Readonly<Record<string, string>>>(
  english: T,
  said: Said<T>,
): readonly Sentence[] {
  // What stands in the places of a template is what its function takes.
  return Object.entries(english).map(([name, template]) => [template, said[name] as Sentence[1]]);
}

/** An English sentence as these say it; undefined where none of them is it. */
export function sentenceOf(all: readonly Sentence[], english: string): string | undefined {
  for (const [template, say] of all) {
    const values = valuesOf(template, english);
    if (values !== undefined) return say(values);
  }
  return undefined;
}
