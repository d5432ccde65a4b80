/** PostgreSQL as the store of a service: keys are known for a while, and rates hold over all replicas. */
import { KeyCache } from '../key-cache.ts';
import type { ServeOptions, ServingStore } from '../open.ts';
import { SharedRateLimiter } from './rates.ts';
import { openPostgres } from './store.ts';

/** How long an answer of PostgreSQL on a key is believed while it is not sure to tell of a change, in ms. */
export const SHARED_KEY_LIFE_MS = 1_000;
/** The same while it is, in ms: longer saves little, and would be added to the time of grace. */
export const TOLD_KEY_LIFE_MS = 10_000;
/**
 * How long after a heartbeat on the listening connection it is sure to report changes, in ms: every change of a key
 * before a heartbeat is reported before it. So a revoked key is refused within that time, whatever happens to the connection.
 */
const TELLING_MS = 1_500;
/** How long a service waits for PostgreSQL at its start, in ms: they are often started together. */
const PATIENCE_MS = 30_000;

/**
 * Opens it.
 *
 * @param url `postgres://…`
 * @throws DetectError `store.schema`, `store.rights`, `store.login`, `store.unavailable`
 */
export async function openPostgresServing({
  url,
  dataDir,
  graceMs,
  onTrouble,
}: Omit<ServeOptions, 'databaseUrl'> & { readonly url: string }): Promise<ServingStore> {
  const serving = { dataDir, graceMs, patienceMs: PATIENCE_MS, onTrouble };
  const store = await openPostgres({ url, serving });
  const keys = new KeyCache(store, {
    lifeMs: SHARED_KEY_LIFE_MS,
    toldLifeMs: TOLD_KEY_LIFE_MS,
    told: () => store.database.silentMs < TELLING_MS,
    graceMs,
  });
  store.onKey((digest) => keys.forget(digest));
  const awayMs = () => store.database.awayMs;
  const state = () => {
    if (awayMs() === 0) return store.database.lacking ? 'lacking' : 'ready';
    return awayMs() <= graceMs ? 'away' : 'lost';
  };
  return {
    store,
    keys,
    rates: new SharedRateLimiter(store.database),
    state,
    awayMs,
    spooled: () => store.spooled(),
  };
}
