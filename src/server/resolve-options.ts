import { DetectError, flawedOption } from '../errors.ts';
import type { OptionDeclaration } from './option.ts';
import { OPTIONS, type OptionName, type Options } from './options.ts';

/**
 * The options of one start: the flag if given, else the variable if set and not empty, else the default.
 *
 * @param flags written values by option name
 * @throws DetectError `option.invalid`, naming the option as it was given, the value, and what is wrong with it
 */
export function resolveOptions(flags: Partial<Record<OptionName, string>>, env: NodeJS.ProcessEnv): Options {
  const entries = Object.entries<OptionDeclaration<unknown>>(OPTIONS).map(([name, declaration]) => {
    const { flag, variable, fallback, parse } = declaration;
    const flagged = flags[name as OptionName];
    const written = flagged ?? (env[variable] || undefined);
    const value = written ?? fallback;
    if (value === null) return [name, undefined];
    try {
      return [name, parse(value)];
    } catch (cause) {
      const given = flagged === undefined ? variable : `--${flag}`;
      const shown = flag === null ? 'its value' : JSON.stringify(value);
      const problem = cause instanceof Error ? cause.message : String(cause);
      throw new DetectError('option.invalid', flawedOption(given, shown, problem), { cause });
    }
  });
  return Object.fromEntries(entries);
}
