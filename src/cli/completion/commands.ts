/** The commands as a shell completes them, read from their definitions. */
import type { Command, Option } from 'commander';
import { PRESET_NAMES } from '../../core/checks/presets.ts';
import { LANGUAGES } from '../../core/words/catalogue.ts';
import { ALL } from '../generators.ts';

/** What comes behind an option: one of some words, a file, a folder, any text, or nothing. */
export type Value = readonly string[] | 'file' | 'folder' | 'text' | 'none';

/** An option. */
export interface OptionSpec {
  /** Such as `-o` and `--output`. */
  readonly names: readonly string[];
  readonly text: string;
  readonly value: Value;
}

/** A command, or the program itself. */
export interface CommandSpec {
  /** Empty for the program itself. */
  readonly path: readonly string[];
  readonly text: string;
  readonly options: readonly OptionSpec[];
  /** Its first argument. */
  readonly argument: Value;
  readonly commands: readonly CommandSpec[];
}

/** Values that are checked where they are used, and so are not declared with the option. */
const KNOWN_VALUES: Readonly<Record<string, readonly string[]>> = {
  for: [...PRESET_NAMES, ALL],
  lang: LANGUAGES,
};

/** What arguments and values that are files or folders are called in the help. */
const FILES = ['file', 'path', 'pictures', 'manifest', 'list'];
const FOLDERS = ['folder', 'folders', 'dir'];

/** The program with all its commands. */
export function commandsOf(program: Command, path: readonly string[] = []): CommandSpec {
  const helper = program.createHelp();
  helper.showGlobalOptions = true;
  const options = [...helper.visibleOptions(program), ...helper.visibleGlobalOptions(program)];
  const [argument] = program.registeredArguments;
  return {
    path,
    text: oneLine(program.description()),
    options: options.map(optionOf),
    argument: argument ? (argument.argChoices ?? valueCalled(argument.name())) : 'none',
    commands: program.commands.map((command) => commandsOf(command, [...path, command.name()])),
  };
}

/** A command and all below it. */
export function withChildren(command: CommandSpec): CommandSpec[] {
  return [command, ...command.commands.flatMap(withChildren)];
}

function optionOf(option: Option): OptionSpec {
  const names = [option.short, option.long].filter((name) => name !== undefined && name !== null);
  const [, called] = /[<[]([a-z]+)/.exec(option.flags) ?? [];
  const value = option.argChoices ?? KNOWN_VALUES[option.attributeName()] ?? valueCalled(called);
  return { names, text: oneLine(option.description), value };
}

function valueCalled(name: string | undefined): Value {
  if (name === undefined) return 'none';
  return FILES.includes(name) ? 'file' : FOLDERS.includes(name) ? 'folder' : 'text';
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
