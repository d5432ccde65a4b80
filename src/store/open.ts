/** Which store, and where. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DetectError } from '../wire/errors.ts';
import { openSqlite } from './sqlite/store.ts';
import type { Store } from './store.ts';

/** The data directory when nobody says otherwise: beside the clone that `npm start` runs in, and git-ignored. */
export const DEFAULT_DATA_DIR = './data';

/** The name of the embedded database in the data directory. */
export const DATABASE_FILE = 'liveportrait-detect.db';

/** Where the store is. */
export interface OpenOptions {
  /** The data directory; made, for the owner only, when missing. */
  readonly dataDir: string;
  /** Refuse instead of making a new store: for commands that only make sense with one. */
  readonly mustExist?: boolean;
}

/** The data directory: the option if given, else `LPD_DATA_DIR`, else `./data`. */
export function dataDirOf(option: string | undefined, env: NodeJS.ProcessEnv): string {
  return option || env.LPD_DATA_DIR || DEFAULT_DATA_DIR;
}

/**
 * Opens the store of a data directory.
 *
 * @throws DetectError `store.missing`, `store.schema`, `store.unavailable`
 */
export async function openStore({ dataDir, mustExist = false }: OpenOptions): Promise<Store> {
  const file = join(dataDir, DATABASE_FILE);
  if (mustExist && !existsSync(file)) {
    throw new DetectError('store.missing', `There is no store in ${resolve(dataDir)}.`);
  }
  return await openSqlite({ file });
}
