/** `--format`, beside the flags that say the same for one format each. */
import { type Command, Option } from 'commander';
import type { Speech } from './context.ts';

/** What results can be printed as; a command has some of them. */
export type FormatName = 'table' | 'json' | 'csv' | 'html';

/** Options of a command that already say the format, by their names among the values. */
const SAID_BY = { json: 'json', csv: 'csv', resume: 'json' } as const;

/**
 * Adds `--format`. Whichever way it was asked for, the action then finds the format in its options; two that differ are an error.
 *
 * @param names of the formats that the command has; the first one is the usual one
 */
export function addFormat(command: Command, names: readonly FormatName[], { words }: Speech): Command {
  return command
    .addOption(new Option('--format <name>', words.help.format).choices(names))
    .hook('preAction', (_, called) => {
      const given = called.opts<Partial<Record<keyof typeof SAID_BY | 'format', string>>>();
      const said = Object.entries(SAID_BY)
        .filter(([name]) => given[name as keyof typeof SAID_BY] !== undefined)
        .map(([name, format]) => ({ flag: flagOf(called, name), format: format as string }));
      if (given.format !== undefined)
        said.unshift({ flag: `--format ${given.format}`, format: given.format });
      const [first, ...others] = said;
      const other = others.find(({ format }) => format !== first?.format);
      if (first && other) {
        // As commander has it, which is what the other languages know.
        called.error(`error: option '${other.flag}' cannot be used with option '${first.flag}'`);
      }
      called.setOptionValue('format', first?.format ?? names[0]);
    });
}

function flagOf(command: Command, name: string): string {
  return command.options.find((option) => option.attributeName() === name)?.flags ?? name;
}
