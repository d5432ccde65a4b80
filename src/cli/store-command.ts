/** What the commands on the store share: where it is, and how failures are told. */
import type { Command } from 'commander';
import { DEFAULT_DATA_DIR, dataDirOf, openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { DetectError } from '../wire/errors.ts';

/** The process as a command sees it. */
export interface CliContext {
  /** Results, and nothing else. */
  readonly stdout: NodeJS.WritableStream;
  /** Text for people. */
  readonly stderr: NodeJS.WritableStream;
  readonly env: NodeJS.ProcessEnv;
  readonly setExitCode: (code: number) => void;
}

/** The exit code for a wrong call, after which the same call cannot succeed. */
export const EXIT_USAGE = 2;
/** The exit code when the work could not be done, although the call was right. */
export const EXIT_FAILED = 3;

/** The option that all these commands have. */
export interface StoreOptions {
  readonly dataDir?: string;
}

/** Adds `--data-dir`. */
export function dataDirOption(command: Command): Command {
  return command.option(
    '--data-dir <dir>',
    `where keys and usage are kept (LPD_DATA_DIR; default: ${DEFAULT_DATA_DIR})`,
  );
}

/** How the store is opened for a command. */
export interface WithStoreOptions extends StoreOptions {
  /** Make the store when there is none; otherwise that is an error. */
  readonly make?: boolean;
}

/** Runs `work` on the open store and closes it. What the project throws on purpose is told on stderr. */
export async function withStore(
  context: CliContext,
  options: WithStoreOptions,
  work: (store: Store) => Promise<void>,
): Promise<void> {
  try {
    const dataDir = dataDirOf(options.dataDir, context.env);
    const store = await openStore({ dataDir, mustExist: !options.make });
    try {
      await work(store);
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof DetectError)) throw error;
    const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
    context.stderr.write(`${error.message}${cause}\n${error.entry.advice}\n`);
    context.setExitCode(isUsage(error) ? EXIT_USAGE : EXIT_FAILED);
  }
}

function isUsage({ code }: DetectError): boolean {
  return code === 'key.input' || code === 'key.unknown' || code === 'store.missing';
}
