import { type CommandSpec, type Value, withChildren } from './commands.ts';

/** A script for bash 3.2 and newer. Where it offers nothing, bash offers files. */
export function bashScript(program: CommandSpec): string {
  const all = withChildren(program);
  const paths = all.filter(({ path }) => path.length > 0).map(({ path }) => pattern(path.join(' ')));
  const values = all.flatMap(({ path, options }) =>
    options
      .filter(({ value }) => value !== 'none')
      .map(({ names, value }) => {
        const before = names.map((name) => pattern(`${path.join(' ')} ${name}`)).join('|');
        return `    ${before}) ${offer(value)}; return ;;`;
      }),
  );
  const options = all.map(
    ({ path, options }) =>
      `      ${pattern(path.join(' '))}) ${offer(options.flatMap(({ names }) => names))} ;;`,
  );
  const first = all.map(({ path, argument, commands }) => {
    const words = commands.length > 0 ? commands.map(({ path }) => path.at(-1)!) : argument;
    return `    ${pattern(path.join(' '))}) ${offer(words === 'none' ? 'text' : words)} ;;`;
  });
  return `# Completion of liveportrait-detect in bash, made by "liveportrait-detect completion bash".
_liveportrait_detect() {
  local IFS=$'\\n' now="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command='' word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${command:+$command }$word" in
      ${paths.join('|')}) command="\${command:+$command }$word" ;;
    esac
  done
  # bash takes --format=json apart.
  if [ "$now" = = ]; then now=''; elif [ "$before" = = ]; then before="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  case "$command $before" in
${values.join('\n')}
  esac
  if [ "\${now#-}" != "$now" ]; then
    case "$command" in
${options.join('\n')}
    esac
    return
  fi
  case "$command" in
${first.join('\n')}
  esac
}
complete -o bashdefault -o default -F _liveportrait_detect liveportrait-detect
`;
}

/** What fills the list of what is offered; nothing where files are meant, which bash offers by itself. */
function offer(value: Value): string {
  if (typeof value === 'string') return ':';
  return `COMPREPLY=($(compgen -W $'${value.map(escaped).join('\\n')}' -- "$now"))`;
}

function pattern(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
}
