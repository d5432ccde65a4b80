/** What the commands on the store share: where it is, and how failures are told. */
import type { Command } from 'commander';
import { DetectError, type ErrorCode } from '../errors.ts';
import { DEFAULT_DATA_DIR, dataDirOf, openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { type CliContext, EXIT, type Speech, tellError } from './context.ts';
import { checkVariables } from './variables.ts';

/** The option that all these commands have. */
export interface StoreOptions {
  readonly dataDir?: string;
}

/** Adds `--data-dir`. */
export function dataDirOption(command: Command, { words }: Speech): Command {
  return command.option('--data-dir <dir>', words.help.dataDir(DEFAULT_DATA_DIR));
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
    await checkVariables(context.env);
    const dataDir = dataDirOf(options.dataDir, context.env);
    const store = await openStore({
      dataDir,
      databaseUrl: context.env.DATABASE_URL,
      mustExist: !options.make,
    });
    try {
      await work(store);
    } finally {
      await store.close();
    }
  } catch (error) {
    await tellError(context, error, isUsage(error) ? EXIT.usage : EXIT.failed);
  }
}

const WRONG_CALLS: readonly string[] = [
  'key.input',
  'key.unknown',
  'option.invalid',
  'store.missing',
] satisfies ErrorCode[];

function isUsage(error: unknown): boolean {
  return error instanceof DetectError && WRONG_CALLS.includes(error.code);
}
