/** Where pictures outlive a reload: IndexedDB of this browser, and nothing else. */
import { delMany, get, keys, set } from 'idb-keyval';
import { createDatabase } from './database.ts';

/** The name of the database, and of its one table. */
export const DATABASE = 'liveportrait-detect.session';
const TABLE = 'pictures';

/** The most pictures that are kept: a few times what one person looks at in a day. */
export const MOST_PICTURES = 200;
/** The most bytes that are kept in all: browsers lend a page some hundred megabytes without asking. */
export const MOST_BYTES = 200_000_000;
/** The longest that a picture is kept, in milliseconds: a day's work can be gone on with, and a forgotten portrait does not stay. */
export const LONGEST_MS = 24 * 60 * 60 * 1000;

/** Under what a picture is kept. All that the bounds need is in it, so that no picture has to be read for them. */
export interface KeptKey {
  /** When it was kept first, in milliseconds since 1970. */
  readonly at: number;
  /** What it takes. */
  readonly bytes: number;
  /** Its own name, the same for as long as it is kept. */
  readonly id: string;
}

/** The kept pictures of this browser. All its methods reject where the browser refuses. */
export interface KeptStore {
  /** What is kept and still may be, the oldest first; everything else is deleted. */
  list(now: number): Promise<readonly KeptKey[]>;
  read(key: KeptKey): Promise<unknown>;
  /**
   * Keeps a picture, and deletes the oldest beyond the bounds.
   *
   * @returns how many were deleted
   */
  write(key: KeptKey, value: unknown, now: number): Promise<number>;
  remove(keys: readonly KeptKey[]): Promise<void>;
  /** Deletes everything, and the database with it. */
  empty(): Promise<void>;
}

/** Makes the database with the first picture, so that a page that keeps nothing leaves none. */
export function createKeptStore(): KeptStore {
  const database = createDatabase(DATABASE, TABLE);
  const { use } = database;
  const list: KeptStore['list'] = async (now) => {
    if (!(await database.exists())) return [];
    const all = await keys(use);
    const parsed = all.map((stored) => ({ stored, key: parseKey(stored, now) }));
    const wrong = parsed.filter(({ key }) => key === null).map(({ stored }) => stored);
    if (wrong.length > 0) await delMany(wrong, use);
    return parsed.flatMap(({ key }) => key ?? []).sort((a, b) => a.at - b.at);
  };
  const remove: KeptStore['remove'] = (gone) => delMany(gone.map(storedKey), use);
  return {
    list,
    read: (key) => get(storedKey(key), use),
    async write(key, value, now) {
      await set(storedKey(key), value, use);
      const surplus = beyondBounds(await list(now));
      if (surplus.length > 0) await remove(surplus);
      return surplus.length;
    },
    remove,
    empty: () => database.delete(),
  };
}

/** The oldest of some keys that have to go for the others to be within the bounds. */
export function beyondBounds(oldestFirst: readonly KeptKey[]): readonly KeptKey[] {
  let bytes = 0;
  let count = 0;
  const first = oldestFirst.findLastIndex((key) => {
    bytes += key.bytes;
    count++;
    return bytes > MOST_BYTES || count > MOST_PICTURES;
  });
  return oldestFirst.slice(0, first + 1);
}

function storedKey({ at, bytes, id }: KeptKey): IDBValidKey {
  return [at, bytes, id];
}

/** Null for what an older page has left, for what is too old, and for what a clock that was set back would keep for ever. */
function parseKey(stored: IDBValidKey, now: number): KeptKey | null {
  if (!Array.isArray(stored) || stored.length !== 3) return null;
  const [at, bytes, id] = stored as unknown[];
  if (typeof at !== 'number' || typeof bytes !== 'number' || typeof id !== 'string') return null;
  return Math.abs(now - at) < LONGEST_MS && bytes >= 0 ? { at, bytes, id } : null;
}
