/** What every test service does, whatever it is built of. */
import type { buildApp } from '../../src/server/app.ts';
import { type KeyRequest, newKey } from '../../src/store/new-key.ts';
import type { Store } from '../../src/store/store.ts';

/** Listens on a free port of loopback until the test ends; gives the base address. */
export async function listen(
  app: Awaited<ReturnType<typeof buildApp>>,
  cleanup: (task: () => Promise<void>) => void,
): Promise<string> {
  cleanup(async () => {
    const closed = app.close();
    // A connection that a client opened ahead and never used is not idle to Node, and would keep it waiting.
    app.server.closeAllConnections();
    await closed;
  });
  return await app.listen({ host: '127.0.0.1', port: 0 });
}

/** Makes keys in a store, each under a name of its own. */
export function keyMaker(store: Pick<Store, 'listKeys' | 'createKey'>) {
  return async (request: Partial<KeyRequest> = {}) => {
    const made = newKey({ name: `test${(await store.listKeys()).length}`, qps: 1000, ...request });
    return { ...(await store.createKey(made.key)), secret: made.secret };
  };
}
