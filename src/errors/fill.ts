/**
 * Sentences with the numbers and names of one case, as templates: `{name}` is a place for a value. They are known by their
 * text, so that they can be said in another language after they came from another process or from a service.
 */

/** The places of a template. */
export type PlacesOf<T extends string> = T extends `${string}{${infer Place}}${infer Rest}`
  ? Place | PlacesOf<Rest>
  : never;

declare const TEMPLATE: unique symbol;

/** A text that was made of the template `T`, or of any of the catalogue's. */
export type Filled<T extends string = string> = string & { readonly [TEMPLATE]: T };

/** A sentence without places for values is whole by itself. */
export type Whole<T extends string> = T extends `${string}{${string}}${string}` ? never : T;

/** A template with its places filled in. */
export function fill<const T extends string>(
  template: T,
  values: Readonly<Record<PlacesOf<T>, string | number>>,
): Filled<T> {
  const given: Readonly<Record<string, string | number>> = values;
  // What it was made of is known to the compiler only.
  return template.replace(/\{(\w+)\}/g, (_, place: string) => String(given[place])) as Filled<T>;
}

/**
 * What stands in the places of a template.
 *
 * @returns undefined where the text was not made of it. Time grows with the text's length only: nothing is tried twice
 */
export function valuesOf(template: string, text: string): Readonly<Record<string, string>> | undefined {
  const [start = '', ...rest] = template.split(/\{(\w+)\}/);
  if (!text.startsWith(start)) return undefined;
  const values: Record<string, string> = {};
  let at = start.length;
  for (let part = 0; part < rest.length; part += 2) {
    const [place = '', next = ''] = rest.slice(part, part + 2);
    const isLast = part + 2 === rest.length;
    const end = isLast ? text.length - next.length : text.indexOf(next, at);
    if (end < at || !text.startsWith(next, end)) return undefined;
    values[place] = text.slice(at, end);
    at = end + next.length;
  }
  return at === text.length ? values : undefined;
}
