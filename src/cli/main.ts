import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { registerCheck } from './check.ts';
import { type CliContext, EXIT } from './context.ts';
import { registerEvaluate } from './evaluate.ts';
import { registerFix } from './fix.ts';
import { registerKeys } from './keys.ts';
import { registerServe } from './serve.ts';
import { registerSubmit } from './submit.ts';
import { registerUsage } from './usage.ts';
import { registerWorker } from './worker.ts';

/** The command line with all its commands. */
export function createProgram(context: CliContext): Command {
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
  registerCheck(program, context);
  registerFix(program, context);
  registerEvaluate(program, context);
  registerServe(program, context);
  registerWorker(program, context);
  registerSubmit(program, context);
  registerKeys(program, context);
  registerUsage(program, context);
  return program;
}

/** Runs the command line; it sets the exit code and never throws for a wrong call. */
export async function main(argv: readonly string[], context: CliContext): Promise<void> {
  try {
    await createProgram(context).parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    context.setExitCode(error.exitCode === 0 ? EXIT.pass : EXIT.usage);
  }
}
