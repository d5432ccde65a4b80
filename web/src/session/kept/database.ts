/** An IndexedDB database of one table, for idb-keyval, that can be deleted while other tabs have it open. */
import { clear, promisifyRequest, type UseStore } from 'idb-keyval';

/** A database that is made when it is first used. All its methods reject where the browser refuses. */
export interface Database {
  readonly use: UseStore;
  /** Whether there is one; a browser that does not tell is taken to have it. */
  exists(): Promise<boolean>;
  /** Deletes what is in it, and itself as soon as no other page holds on to it. */
  delete(): Promise<void>;
}

/** idb-keyval's own store keeps its database open for good, so that nobody can delete it; this one lets go. */
export function createDatabase(name: string, table: string): Database {
  let opened: Promise<IDBDatabase> | undefined;
  const open = async (): Promise<IDBDatabase> => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => request.result.createObjectStore(table);
    const database = await promisifyRequest(request);
    database.onclose = () => {
      opened = undefined;
    };
    // Another tab deletes it.
    database.onversionchange = () => {
      database.close();
      opened = undefined;
    };
    return database;
  };
  const begin = async (mode: IDBTransactionMode) => {
    opened ??= open().catch((error) => {
      opened = undefined;
      throw error;
    });
    return (await opened).transaction(table, mode);
  };
  const use: UseStore = async (mode, callback) => {
    const transaction = await begin(mode).catch((error) => {
      if (error.name !== 'InvalidStateError') throw error;
      // WebKit closes it when the page is set aside, and tells so only after the page is there again.
      opened = undefined;
      return begin(mode);
    });
    return callback(transaction.objectStore(table));
  };
  const exists = async () => {
    if (opened !== undefined || typeof indexedDB.databases !== 'function') return true;
    return (await indexedDB.databases()).some((database) => database.name === name);
  };
  return {
    use,
    exists,
    async delete() {
      if (!(await exists())) return;
      await clear(use);
      (await opened)?.close();
      opened = undefined;
      const request = indexedDB.deleteDatabase(name);
      // It is empty, and goes when the page that holds on to it does.
      await Promise.race([
        promisifyRequest(request),
        new Promise((resolve) => request.addEventListener('blocked', resolve)),
      ]);
    },
  };
}
