import { CORE_DETAILS, DetectError, fill } from '../errors.ts';
import type { InspectOptions } from './inspect.ts';

/** Characters of an unknown name that the message repeats. */
const MOST_SHOWN = 40;

/** The names of what `inspect` takes. */
export const INSPECT_OPTIONS = [
  'policy',
  'limits',
  'signal',
  'onStage',
] as const satisfies readonly (keyof InspectOptions)[];

/**
 * Checks the names of options: one that is misspelt, or a limit beside `policy`, would have no effect, and nobody would know.
 *
 * @param options what a caller gave; left out is allowed
 * @param names   those that there are
 * @throws DetectError `option.invalid`
 */
export function checkOptionNames(options: unknown, names: readonly string[]): void {
  if (options === undefined) return;
  if (typeof options !== 'object' || options === null) {
    throw new DetectError('option.invalid', fill(CORE_DETAILS.noOptions, { names: names.join(', ') }));
  }
  const strange = Object.keys(options).find((name) => !names.includes(name));
  if (strange === undefined) return;
  const name = JSON.stringify(strange.slice(0, MOST_SHOWN));
  throw new DetectError('option.invalid', fill(CORE_DETAILS.noOption, { name, names: names.join(', ') }));
}
