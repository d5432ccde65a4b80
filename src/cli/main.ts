import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { type CliContext, EXIT } from './context.ts';

/** Adds one command to the program. */
type Register = (program: Command, context: CliContext) => void;

/** How each command is loaded, in the order in which the help lists them. */
const COMMANDS: Readonly<Record<string, () => Promise<Register>>> = {
  check: async () => (await import('./check.ts')).registerCheck,
  fix: async () => (await import('./fix.ts')).registerFix,
  evaluate: async () => (await import('./evaluate.ts')).registerEvaluate,
  serve: async () => (await import('./serve.ts')).registerServe,
  worker: async () => (await import('./worker.ts')).registerWorker,
  submit: async () => (await import('./submit.ts')).registerSubmit,
  keys: async () => (await import('./keys.ts')).registerKeys,
  usage: async () => (await import('./usage.ts')).registerUsage,
};

/**
 * The command line with the command that is called, or with all where none is: to load what all of them need takes
 * longer than to inspect many pictures.
 */
async function createProgram(argv: readonly string[], context: CliContext): Promise<Command> {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const program = new Command('liveportrait-detect')
    .description('Will this picture work as a talking portrait?')
    .version(version)
    .showHelpAfterError('(add --help for what there is)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
    });
  const [first = ''] = argv;
  const called = Object.hasOwn(COMMANDS, first) ? [COMMANDS[first]] : Object.values(COMMANDS);
  for (const load of called) (await load())(program, context);
  return program;
}

/** Runs the command line; it sets the exit code and never throws for a wrong call. */
export async function main(argv: readonly string[], context: CliContext): Promise<void> {
  try {
    const program = await createProgram(argv, context);
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    context.setExitCode(error.exitCode === 0 ? EXIT.pass : EXIT.usage);
  }
}
