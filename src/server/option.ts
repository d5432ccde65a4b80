/** How an option of the service is declared, and how its value is read. */
import { fill, OPTION_PROBLEMS, type OptionProblem } from '../errors.ts';

/** An option of the service, declared once: the flag, the variable, `--help`, the check and the docs come from it. */
export interface OptionDeclaration<T> {
  /** The flag, without the leading dashes; null for a secret, which must not stand in a list of processes. */
  readonly flag: string | null;
  /** The environment variable; the flag goes before it. */
  readonly variable: string;
  /** What the value is, for `--help`. */
  readonly value: string;
  /** What it decides, one sentence. */
  readonly text: string;
  /** The default as one would write it; null when there is none. */
  readonly fallback: string | null;
  /** What the docs say of the default, where it depends on the machine. */
  readonly fallbackText?: string;
  /** Reads a written value; throws an Error that says what is wrong with it. */
  readonly parse: (text: string) => T;
}

/** A declaration, with whether it has a default in its type. */
export function option<T, F extends string | null>(
  declaration: OptionDeclaration<T> & { readonly fallback: F },
): OptionDeclaration<T> & { readonly fallback: F } {
  return declaration;
}

/** Ends the reading of a value. @param problem what is wrong with it, as the end of a sentence */
export function fail(problem: OptionProblem): never {
  throw new Error(problem);
}

/** Takes a value as it is written; an empty one, as of a variable of the shell that is not set, would be the host of all addresses. */
export function text(value: string): string {
  return value === '' ? fail(OPTION_PROBLEMS.empty) : value;
}

/** Reads a whole number. */
export function whole(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= least && number <= most) return number;
    return fail(fill(OPTION_PROBLEMS.notWhole, { least, most }));
  };
}

/** Reads a list of origins, as in the header `Origin`. */
export function origins(list: string): readonly string[] {
  const entries = list.split(',').map((entry) => entry.trim());
  return entries
    .filter((entry) => entry !== '')
    .map((entry) => {
      if (entry === '*' || (URL.canParse(entry) && new URL(entry).origin === entry)) return entry;
      return fail(fill(OPTION_PROBLEMS.notOrigin, { entry: JSON.stringify(entry) }));
    });
}

/** Reads the address of a service, and gives it without a slash at its end. */
export function baseUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const isPlain = url !== undefined && ['http:', 'https:'].includes(url.protocol) && url.username === '';
  if (!isPlain || url.search !== '' || url.hash !== '') {
    return fail(OPTION_PROBLEMS.notAddress);
  }
  return url.href.replace(/\/+$/, '');
}
