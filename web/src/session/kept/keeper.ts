/** Keeps what has been looked at, so that it is there after a reload; in this browser only. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Picture } from '../picture.ts';
import { type Entry, entryOf, parseEntry } from './entry.ts';
import { createKeptStore, type KeptKey, type KeptStore } from './store.ts';

/** Other tabs of this browser hear of it when everything is to be forgotten. */
const CHANNEL = 'liveportrait-detect.session';
/** What an inspection takes, in bytes: most of it are the points of the mesh. */
const INSPECTION_BYTES = 40_000;
/** A larger picture is not kept: no other would have room beside a few of these. */
const LARGEST_BYTES = 64 * 1024 * 1024;

/** Whether pictures are kept: all of them, only some of them, or none, since this browser refuses. */
export type Keeping = 'all' | 'some' | 'none';

/** A picture that is there again. */
export interface Restored {
  readonly key: KeptKey;
  readonly entry: Entry;
}

/** What outlives a reload. Nothing here throws: a browser that keeps nothing is one that says so. */
export interface Keeper {
  readonly keeping: ReadonlySignal<Keeping>;
  /** What was kept last, the oldest first; what is damaged is deleted. */
  restore(): Promise<readonly Restored[]>;
  /** Keeps a picture as it is now. */
  keep(picture: Picture): void;
  /** Forgets one picture. */
  drop(picture: Picture): void;
  /** Forgets everything, in the other tabs too. */
  forget(): Promise<void>;
}

/**
 * Keeps the pictures of a page.
 *
 * @param onForget called when another tab has forgotten everything
 */
export function createKeeper(onForget: () => void, store: KeptStore = createKeptStore()): Keeper {
  const keeping = signal<Keeping>('all');
  const keys = new Map<string, KeptKey>();
  // One at a time, in the order they were asked for, so that what is forgotten is not written after all.
  let last: Promise<unknown> = Promise.resolve();
  let age = 0;
  const inTurn = <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    const done = last.then(work).catch(() => {
      keeping.value = keys.size > 0 ? 'some' : 'none';
      return otherwise;
    });
    last = done;
    return done;
  };
  const empty = () => {
    age++;
    keys.clear();
    return inTurn(async () => {
      await store.empty();
      keeping.value = 'all';
    }, undefined);
  };
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(CHANNEL) : null;
  channel?.addEventListener('message', () => {
    onForget();
    // What this tab was about to write when the other one emptied the store.
    void empty();
  });

  // A page that is returned to has not heard what other tabs said meanwhile.
  globalThis.addEventListener?.('pageshow', ({ persisted }) => {
    if (!persisted || keys.size === 0) return;
    void inTurn(async () => {
      const kept = await store.list(Date.now());
      if (kept.some(({ id }) => keys.has(id))) return;
      onForget();
      keys.clear();
      if (kept.length === 0) void empty();
    }, undefined);
  });

  async function write(picture: Picture): Promise<void> {
    const entry = entryOf(picture);
    if (entry === null || picture.gone.value) return;
    const file = bytesOf(picture);
    if (file > LARGEST_BYTES) {
      keeping.value = 'some';
      return;
    }
    const now = Date.now();
    const id = picture.key;
    const key = keys.get(id) ?? { at: now, bytes: file + INSPECTION_BYTES, id };
    const deleted = await store.write(key, entry, now);
    keys.set(id, key);
    if (deleted > 0) keeping.value = 'some';
  }

  return {
    keeping,
    restore() {
      const begun = age;
      return inTurn(async () => {
        const restored: Restored[] = [];
        for (const key of await store.list(Date.now())) {
          const entry = parseEntry(await store.read(key));
          if (entry === null) await store.remove([key]);
          else restored.push({ key, entry });
        }
        if (begun !== age) return [];
        for (const { key } of restored) keys.set(key.id, key);
        return restored;
      }, []);
    },
    keep(picture) {
      const begun = age;
      void inTurn(async () => {
        if (begun === age) await write(picture);
      }, undefined);
    },
    drop({ key: id }) {
      void inTurn(async () => {
        const key = keys.get(id);
        if (key === undefined) return;
        keys.delete(id);
        await store.remove([key]);
      }, undefined);
    },
    async forget() {
      channel?.postMessage('forget');
      await empty();
    },
  };
}

/** What its files take: the given one, and one that was made of it or loaded. */
function bytesOf({ source, shown }: Picture): number {
  const given = source.kind === 'file' ? source.file : null;
  const other = shown.value === given ? null : shown.value;
  return (given?.size ?? 0) + (other?.size ?? 0);
}
