/** How the sentences of a catalogue of details are said in another language. */
import type { PlacesOf } from '../../../../errors/fill.ts';

/** For each sentence a function of what stands in its places, as text. */
export type Said<Catalogue extends Readonly<Record<string, string>>> = {
  readonly [Name in keyof Catalogue]: (values: Readonly<Record<PlacesOf<Catalogue[Name]>, string>>) => string;
};

/** A list of names, as Chinese separates them. */
export function listed(names: string): string {
  return names.replaceAll(', ', '、');
}
