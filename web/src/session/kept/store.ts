/** Where pictures outlive a reload: IndexedDB of this browser, and nothing else. */
import { clear, createStore, delMany, get, keys, set, type UseStore } from 'idb-keyval';

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
  /** Deletes everything. */
  empty(): Promise<void>;
}

/** Makes the database with the first picture, so that a page that keeps nothing leaves none. */
export function createKeptStore(): KeptStore {
  let opened: UseStore | undefined;
  const table = () => {
    opened ??= createStore(DATABASE, TABLE);
    return opened;
  };
  const list: KeptStore['list'] = async (now) => {
    if (opened === undefined && !(await exists())) return [];
    const all = await keys(table());
    const parsed = all.map((stored) => ({ stored, key: parseKey(stored, now) }));
    const wrong = parsed.filter(({ key }) => key === null).map(({ stored }) => stored);
    if (wrong.length > 0) await delMany(wrong, table());
    return parsed.flatMap(({ key }) => key ?? []).sort((a, b) => a.at - b.at);
  };
  const remove: KeptStore['remove'] = (gone) => delMany(gone.map(storedKey), table());
  return {
    list,
    read: (key) => get(storedKey(key), table()),
    async write(key, value, now) {
      await set(storedKey(key), value, table());
      const surplus = beyondBounds(await list(now));
      if (surplus.length > 0) await remove(surplus);
      return surplus.length;
    },
    remove,
    empty: () => clear(table()),
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

/** Whether there is a database; a browser that does not tell has to be asked for it. */
async function exists(): Promise<boolean> {
  if (typeof indexedDB.databases !== 'function') return true;
  return (await indexedDB.databases()).some(({ name }) => name === DATABASE);
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
