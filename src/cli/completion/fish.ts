import { type CommandSpec, type OptionSpec, type Value, withChildren } from './commands.ts';

const PROGRAM = 'complete -c liveportrait-detect';

/** A script for fish. */
export function fishScript(program: CommandSpec): string {
  const lines = withChildren(program).flatMap((command) => {
    const when = `-n ${quoted(condition(command))}`;
    return [
      ...command.commands.map(({ path, text }) => `${PROGRAM} ${when} -a ${path.at(-1)} -d ${quoted(text)}`),
      ...command.options.map((option) => `${PROGRAM} ${when} ${optionOf(option)}`),
      ...argumentOf(command.argument).map((flags) => `${PROGRAM} ${when} ${flags}`),
    ];
  });
  return `# Completion of liveportrait-detect in fish, made by "liveportrait-detect completion fish".
${PROGRAM} -f
${lines.join('\n')}
`;
}

/** Where a command was named, and none below it yet. */
function condition({ path, commands }: CommandSpec): string {
  const named = path.map((name) => `__fish_seen_subcommand_from ${name}`);
  const below = commands.map(({ path }) => path.at(-1)).join(' ');
  const none = below === '' ? [] : [`not __fish_seen_subcommand_from ${below}`];
  return [...named, ...none].join('; and ');
}

function optionOf({ names, text, value }: OptionSpec): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  return [...flags, ...flagsOf(value), `-d ${quoted(text)}`].join(' ');
}

function flagsOf(value: Value): string[] {
  if (typeof value !== 'string') return ['-x', `-a ${quoted(value.join(' '))}`];
  return { file: ['-r', '-F'], folder: ['-x', "-a '(__fish_complete_directories)'"], text: ['-x'], none: [] }[
    value
  ];
}

function argumentOf(value: Value): string[] {
  if (typeof value !== 'string') return [`-a ${quoted(value.join(' '))}`];
  return value === 'file' ? ['-F'] : [];
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
