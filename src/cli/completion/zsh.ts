import { type CommandSpec, type OptionSpec, type Value, withChildren } from './commands.ts';

/** A script for zsh: to be sourced behind compinit, or to lie in \`fpath\` as \`_liveportrait-detect\`. */
export function zshScript(program: CommandSpec): string {
  const [top, ...others] = withChildren(program).map(functionOf);
  return `#compdef liveportrait-detect
# Completion of liveportrait-detect in zsh, made by "liveportrait-detect completion zsh".
${[...others, top].join('\n')}
if [ "$funcstack[1]" = "_liveportrait-detect" ]; then
  _liveportrait-detect "$@"
else
  compdef _liveportrait-detect liveportrait-detect
fi
`;
}

function functionOf({ path, options, argument, commands }: CommandSpec): string {
  const specs = options.map(optionSpec);
  if (commands.length === 0) {
    const rest = argument === 'none' ? [] : [`'*:: :${action(argument)}'`];
    return `${nameOf(path)}() {\n  _arguments -s -S ${[...specs, ...rest].join(' \\\n    ')}\n}`;
  }
  const listed = commands.map(({ path, text }) => `    '${quoted(`${path.at(-1)}:${text}`)}'`);
  const calls = commands.map(({ path }) => `      ${path.at(-1)}) ${nameOf(path)} ;;`);
  return `${nameOf(path)}() {
  local curcontext="$curcontext" state line
  local -a commands
  commands=(
${listed.join('\n')}
  )
  _arguments -C ${[...specs, "'1: :->command'", "'*:: :->rest'"].join(' \\\n    ')}
  case $state in
    command) _describe -t commands command commands ;;
    rest) case $line[1] in
${calls.join('\n')}
    esac ;;
  esac
}`;
}

function optionSpec({ names, text, value }: OptionSpec): string {
  const told = `[${bracketed(text)}]${value === 'none' ? '' : `:value:${action(value)}`}`;
  const [first, second] = names;
  return second === undefined ? `'${first}${told}'` : `'(${first} ${second})'{${first},${second}}'${told}'`;
}

function action(value: Value): string {
  if (typeof value !== 'string') return `(${value.join(' ')})`;
  return { file: '_files', folder: '_files -/', text: '', none: '' }[value];
}

function nameOf(path: readonly string[]): string {
  return ['_liveportrait-detect', ...path].join('__');
}

function bracketed(text: string): string {
  return quoted(text).replaceAll(/[[\]:]/g, (mark) => `\\${mark}`);
}

function quoted(text: string): string {
  return text.replaceAll("'", "'\\''");
}
