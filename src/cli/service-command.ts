/** What the commands that run until they are told to stop share: their options, signals and exit codes. */
import { type Command, Option } from 'commander';
import type { Logger } from 'pino';
import type { PolicyOverrides } from '../core/checks/policy.ts';
import { DetectError, type ErrorCode } from '../errors.ts';
import { type Engines, fallbacks } from '../node/engine.ts';
import type { OptionDeclaration } from '../server/option.ts';
import { OPTIONS, type OptionName, type Options } from '../server/options.ts';
import { resolveOptions } from '../server/resolve-options.ts';
import { type CliContext, EXIT, type Speech, tell, tellError } from './context.ts';
import { npmEnded } from './npm.ts';
import { readPolicy } from './policy-file.ts';
import { leaveLog, openLog } from './service-log.ts';
import { checkVariables } from './variables.ts';
import type { HelpWords } from './words/help-words.ts';

/** What tells the process to stop; SIGHUP comes from a terminal that is closed. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** How long a process may take to end, in milliseconds, beside what requests under way may take: all parts need a second or two. */
const ENDING_MS = 8_000;
/** How long a start may go on once it was told to stop, in milliseconds. */
const START_GRACE_MS = 3_000;
/** Errors that the same call would meet again. */
const WRONG_CALLS: ReadonlySet<ErrorCode> = new Set([
  'option.invalid',
  'policy.invalid',
  'key.input',
  'file.unreadable',
]);

/** Values of options as they were written. */
export type Flags = Partial<Record<OptionName, string>>;

/** Adds options to a command: a flag each, and the secrets to its help. */
export function addServiceOptions(
  command: Command,
  names: readonly OptionName[],
  { words: { help, options } }: Speech,
): Command {
  const secrets: string[] = [];
  for (const name of names) {
    const declaration: OptionDeclaration<unknown> = OPTIONS[name];
    const { flag, variable, value } = declaration;
    const text = options?.[name] ?? declaration.text;
    if (flag === null) secrets.push(`  ${variable}  ${text}`);
    else command.addOption(new Option(`--${flag} <${value}>`, `${text} ${defaultText(declaration, help)}`));
  }
  return command.addHelpText('after', `\n${help.environmentOnly}\n${secrets.join('\n')}`);
}

/** The first signal to stop, or that npm should have handed on. A second one ends the process at once, as it does by default. */
function signalled(env: NodeJS.ProcessEnv): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const onSignal = (signal: NodeJS.Signals) => {
      for (const name of SIGNALS) process.off(name, onSignal);
      resolve(signal);
    };
    for (const name of SIGNALS) process.on(name, onSignal);
    void npmEnded(env).then(() => onSignal('SIGTERM'));
  });
}

/** A service, or a worker, that runs. */
interface Running {
  /** What runs networks and decoding in its workers. */
  readonly engines: Engines | undefined;
  /** Resolves when it has lost its workers for good. */
  readonly extinct: Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** What is different from one command to the other. */
interface Run<R extends Running> {
  readonly start: (setup: Setup) => Promise<R>;
  /** Tells that it runs. */
  readonly onStart: (running: R, setup: Setup) => Promise<void> | void;
  /** What the log calls its end. */
  readonly ending: string;
}

/** What a start is given. */
interface Setup {
  readonly options: Options;
  readonly policy: PolicyOverrides;
  readonly log: Logger;
}

/** Runs a service or a worker until it is told to stop, or has no workers any more. */
export async function runService<R extends Running>(
  flags: Flags,
  context: CliContext,
  { start, onStart, ending }: Run<R>,
): Promise<void> {
  const stopped = signalled(context.env);
  try {
    await checkVariables(context.env);
    const options = resolveOptions(flags, context.env);
    const log = openLog(context, options.logLevel);
    const setup = {
      options,
      policy: await readPolicy({ policy: options.policy }),
      log,
      ahead: context.ahead,
    };
    const running = await startUnless(stopped, start(setup));
    await onStart(running, setup);
    const slow = running.engines ? fallbacks(options.engine, running.engines) : [];
    if (slow.length > 0) await tell(context, context.words.run.notNative(slow));
    const reason = await Promise.race([stopped, running.extinct.then(() => 'no workers' as const)]);
    log.info({ reason }, ending);
    const ended = endInAnyCase(options.drainMs, log);
    await running.stop();
    ended();
    log.info('stopped');
    if (reason === 'no workers') context.setExitCode(EXIT.failed);
    leaveLog();
  } catch (error) {
    await tellServiceError(context, error);
  }
}

/**
 * Sees to it that the process ends, also where a part of it does not: a database that is away, or a fault of ours.
 *
 * @param drainMs how long requests under way may take, in milliseconds
 * @returns to be called when everything has ended properly
 */
function endInAnyCase(drainMs: number, log: Pick<Logger, 'error'>): () => void {
  const timer = setTimeout(() => {
    log.error('something does not end; ending without it');
    process.exit(EXIT.failed);
  }, drainMs + ENDING_MS);
  return () => clearTimeout(timer);
}

/**
 * Waits for a start. A signal gives it a moment to come to its end, and be stopped in order; one that waits for a
 * database that does not answer is ended there and then, since it has accepted nothing.
 */
async function startUnless<T>(stopped: Promise<NodeJS.Signals>, starting: Promise<T>): Promise<T> {
  const signal = await Promise.race([stopped, starting.then(() => undefined)]);
  if (signal === undefined) return await starting;
  const timer = setTimeout(() => {
    // Nobody listens for it any more, so it ends the process; only the first process of a container needs the next line.
    process.kill(process.pid, signal);
    process.exit(signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated);
  }, START_GRACE_MS);
  return await starting.finally(() => clearTimeout(timer));
}

/** Tells why a service could not run. */
async function tellServiceError(context: CliContext, error: unknown): Promise<void> {
  const usage = error instanceof DetectError && WRONG_CALLS.has(error.code);
  await tellError(context, error, usage ? EXIT.usage : EXIT.failed);
}

function defaultText(
  { variable, fallback, fallbackText }: OptionDeclaration<unknown>,
  { defaultIs }: HelpWords,
): string {
  const shown = fallbackText ?? fallback;
  return defaultIs(variable, shown === null ? null : String(shown));
}
