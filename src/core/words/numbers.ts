/** Numbers, shares and lists as a language writes them, by the platform's `Intl`. */

/** How numbers of three kinds are written: plain ones, shares and probabilities from 0 to 1 ("71%"), and angles ("71°"). */
type Writers<Arguments extends readonly unknown[]> = Readonly<
  Record<'number' | 'percent' | 'degrees', (value: number, ...rest: Arguments) => string>
>;

/**
 * How one language writes them. A number is whole, or has as many decimals as tell it from its limit where one is given:
 * "50° (limit 50°)" helps nobody.
 */
export interface Numbers extends Writers<[limit?: number]> {
  /** A limit, with the decimals that it was set with. */
  readonly limit: Writers<[]>;
  /** The form of a word that goes with a count. */
  plural(count: number, one: string, other: string): string;
  /** "a", "a and b", "a, b and c". */
  list(words: readonly string[]): string;
}

/** Most decimals of a number. */
const MOST_DECIMALS = 3;

/** @param locale a BCP 47 tag, such as `en-GB` */
export function numbersIn(locale: string): Numbers {
  const plain = formatsOf(locale, {});
  const percents = formatsOf(locale, { style: 'percent' });
  const angles = formatsOf(locale, { style: 'unit', unit: 'degree', unitDisplay: 'narrow' });
  const plurals = once(() => new Intl.PluralRules(locale));
  const lists = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }));
  return {
    number: (value, limit) => tellApart(plain, value, limit),
    percent: (value, limit) => tellApart(percents, value, limit),
    degrees: (value, limit) => tellApart(angles, value, limit),
    limit: {
      number: (limit) => plain(0, MOST_DECIMALS).format(limit),
      percent: (limit) => percents(0, MOST_DECIMALS).format(limit),
      degrees: (limit) => angles(0, MOST_DECIMALS).format(limit),
    },
    plural: (count, one, other) => (plurals().select(count) === 'one' ? one : other),
    list: (words) => lists().format(words),
  };
}

/** Formats by their decimals, least and most. */
type Formats = (least: number, most: number) => Intl.NumberFormat;

function formatsOf(locale: string, options: Intl.NumberFormatOptions): Formats {
  const made = new Map<string, () => Intl.NumberFormat>();
  return (minimumFractionDigits, maximumFractionDigits) => {
    const name = `${minimumFractionDigits} ${maximumFractionDigits}`;
    const known = made.get(name);
    if (known !== undefined) return known();
    const decimals = { minimumFractionDigits, maximumFractionDigits };
    // What is rounded to zero from below has no sign.
    const make = once(
      () => new Intl.NumberFormat(locale, { ...options, ...decimals, signDisplay: 'negative' }),
    );
    made.set(name, make);
    return make();
  };
}

function tellApart(formats: Formats, value: number, limit = Number.NaN): string {
  if (value === limit) return formats(0, MOST_DECIMALS).format(value);
  let decimals = 0;
  const write = (number: number) => formats(decimals, decimals).format(number);
  while (decimals < MOST_DECIMALS && write(value) === write(limit)) decimals++;
  return write(value);
}

/** Makes something when it is needed first: `Intl`'s things take longer to make than to use. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
