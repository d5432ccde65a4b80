import { existsSync, readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { Command, CommanderError } from 'commander';
import { DEFAULT_LANGUAGE, type Language } from '../core/words/catalogue.ts';
import { DetectError } from '../errors.ts';
import {
  type CliContext,
  type CliProcess,
  EXIT,
  isClosed,
  isOutOfFiles,
  tell,
  tellError,
} from './context.ts';
import { argumentsOf } from './file-name.ts';
import { visible } from './visible.ts';
import { cliWordsIn, LANG_FLAG, languageOfCall } from './words/catalogue.ts';
import type { HelpTitle, HelpWords } from './words/help-words.ts';

/** Adds one command to the program. */
type Register = (program: Command, context: CliContext) => void;

/** How each command is loaded, in the order in which the help lists them. */
const COMMANDS: Readonly<Record<string, () => Promise<Register>>> = {
  check: async () => (await import('./check.ts')).registerCheck,
  best: async () => (await import('./best.ts')).registerBest,
  fix: async () => (await import('./fix.ts')).registerFix,
  evaluate: async () => (await import('./evaluate.ts')).registerEvaluate,
  serve: async () => (await import('./serve.ts')).registerServe,
  worker: async () => (await import('./worker.ts')).registerWorker,
  submit: async () => (await import('./submit.ts')).registerSubmit,
  mcp: async () => (await import('./mcp.ts')).registerMcp,
  keys: async () => (await import('./keys.ts')).registerKeys,
  usage: async () => (await import('./usage.ts')).registerUsage,
  completion: async () => (await import('./completion.ts')).registerCompletion,
};

/**
 * The command line with the command that is called, or with all where none is: to load what all of them need takes
 * longer than to inspect many pictures.
 */
async function createProgram(args: readonly string[], context: CliContext): Promise<Command> {
  const argv = withoutLanguage(args);
  const { words } = context;
  const { help } = words;
  const program = new Command('liveportrait-detect')
    .description(help.program)
    .version(asksVersion(argv) ? await describeVersion(context) : '', '-V, --version', help.version)
    .option(`${LANG_FLAG} <tag>`, help.lang)
    .helpOption('-h, --help', help.showHelp)
    .helpCommand('help [command]', help.helpCommand)
    .configureHelp({ showGlobalOptions: true, styleTitle: (title) => titleIn(help, title) })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        context.stdout.write(text, (error) => {
          if (error) context.setExitCode(isClosed(error) ? EXIT.closed : EXIT.failed);
        });
      },
      writeErr: (text) => context.stderr.write(text),
      outputError: (text, print) => print(words.run.usage(suggestCheck(text, argv))),
    });
  const [first = ''] = argv;
  const isAlone = Object.hasOwn(COMMANDS, first) && first !== 'completion';
  const called = isAlone ? [COMMANDS[first]] : Object.values(COMMANDS);
  for (const load of called) (await load())(program, context);
  pointToHelp(program, help);
  if (showsHelp(argv)) (await import('./full-help.ts')).completeHelp(program, context);
  return program;
}

/** Whether a call may show a help. */
function showsHelp(argv: readonly string[]): boolean {
  return ['help', 'keys', undefined].includes(argv[0]) || argv.includes('--help') || argv.includes('-h');
}

/** A call from its command on: a language may stand in front of that. */
function withoutLanguage(args: readonly string[]): readonly string[] {
  const [first = ''] = args;
  if (first === LANG_FLAG) return withoutLanguage(args.slice(2));
  return first.startsWith(`${LANG_FLAG}=`) ? withoutLanguage(args.slice(1)) : args;
}

/** Has each command, and each below it, name its own help where a call of it is wrong. */
function pointToHelp(command: Command, help: HelpWords, path = command.name()): void {
  command.showHelpAfterError(help.more(`${path} --help`));
  for (const one of command.commands) pointToHelp(one, help, `${path} ${one.name()}`);
}

/** A call that begins with a picture forgot its command. */
function suggestCheck(text: string, [first = '']: readonly string[]): string {
  const isPicture = text.includes('unknown command') && (existsSync(first) || first.includes('://'));
  const told = isPicture ? `${text.trimEnd()}\n(Did you mean check ${first}?)\n` : text;
  // What was typed, or given to a script, may have control characters in it.
  return `${told.trimEnd().split('\n').map(visible).join('\n')}\n`;
}

/** A heading of the help; one that the catalogue does not have stays as it is. */
function titleIn({ titles }: HelpWords, title: string): string {
  return titles[title as HelpTitle] ?? title;
}

/** Whether nothing but the version is asked for. */
function asksVersion([first]: readonly string[]): boolean {
  return first === '-V' || first === '--version';
}

/** The version, and what runs networks and decoding here: both are loaded to see. */
async function describeVersion({ env }: CliContext): Promise<string> {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const [{ engineOf, enginesInWords }, { createInspector }] = await Promise.all([
    import('../node/engine.ts'),
    import('../node/inspector.ts'),
  ]);
  const inspector = await createInspector({ engine: engineOf(env) });
  await inspector.close();
  return `${version} (${enginesInWords(inspector.engines)})`;
}

/** Runs the command line; it sets the exit code and never throws. */
export async function main(argv: readonly string[], given: CliProcess): Promise<void> {
  let context = speaking(given, DEFAULT_LANGUAGE);
  // Each write tells whoever made it; without a listener, a reader that goes away would end the process with a stack.
  for (const stream of [context.stdout, context.stderr]) stream.on('error', () => undefined);
  try {
    const args = argumentsOf(argv, () => readFileSync('/proc/self/cmdline'));
    context = speaking(given, languageOfCall(args, given.env));
    const program = await createProgram(args, context);
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      context.setExitCode(error.exitCode === 0 ? EXIT.pass : EXIT.usage);
    } else if (error instanceof DetectError) {
      await tellError(context, error, error.code === 'option.invalid' ? EXIT.usage : EXIT.failed);
    } else {
      await tellFault(context, error);
    }
  }
  // What still waits for standard input would keep the process; nobody reads it any more.
  (context.stdin as Partial<NodeJS.ReadStream>).destroy?.();
}

/** The process, with the words of a language. */
function speaking(given: CliProcess, language: Language): CliContext {
  return { ...given, language, words: cliWordsIn(language) };
}

async function tellFault(context: CliContext, error: unknown): Promise<void> {
  if ((error as NodeJS.ErrnoException).syscall === 'uv_cwd') {
    await tell(context, context.words.run.folderGone);
    return context.setExitCode(EXIT.usage);
  }
  if (isOutOfFiles(error)) {
    await tell(context, context.words.run.outOfFiles);
    return context.setExitCode(EXIT.failed);
  }
  // A fault of ours: whoever reports it needs to know where it happened.
  await tell(context, `${context.words.run.fault}\n${inspect(error)}`);
  context.setExitCode(EXIT.failed);
}
