/** The key that a new installation starts with. */
import { DetectError, relayed } from '../errors.ts';
import { newKey } from './new-key.ts';
import type { ApiKey, Store } from './store.ts';

/** The name of the key that the first start makes. */
const FIRST_KEY_NAME = 'first';
/** The name of the key that `LPD_BOOTSTRAP_KEY` holds. */
const BOOTSTRAP_KEY_NAME = 'bootstrap';

/** How the service can be called after its start. */
export type FirstKey =
  /** The very first start made a key: show `secret` now, it is kept nowhere. */
  | { readonly kind: 'made'; readonly key: ApiKey; readonly secret: string }
  /** The environment gave one; it does not work if `key.revokedAt` is set. */
  | { readonly kind: 'given'; readonly key: ApiKey }
  /** There are, or were, keys already. */
  | { readonly kind: 'none' };

/**
 * Sees to it that there is a key: the one of `LPD_BOOTSTRAP_KEY` (20 to 200 visible ASCII characters) when it is
 * set, else a random one if there never was any. Any number of processes may do so at once, and again at each
 * start. Another value in `LPD_BOOTSTRAP_KEY` takes the place of the one before, which is revoked; a revoked one
 * stays revoked.
 *
 * @throws DetectError `key.input` when `LPD_BOOTSTRAP_KEY` cannot be a key; the message does not repeat it
 */
export async function ensureFirstKey(store: Store, env: NodeJS.ProcessEnv): Promise<FirstKey> {
  const given = env.LPD_BOOTSTRAP_KEY;
  if (given) return { kind: 'given', key: await store.putKey(bootstrapKey(given)) };
  const { key, secret } = newKey({ name: FIRST_KEY_NAME });
  const made = await store.createFirstKey(key);
  return made === undefined ? { kind: 'none' } : { kind: 'made', key: made, secret };
}

function bootstrapKey(secret: string) {
  try {
    return newKey({ name: BOOTSTRAP_KEY_NAME }, secret).key;
  } catch (error) {
    if (!(error instanceof DetectError)) throw error;
    throw new DetectError(error.code, relayed(`LPD_BOOTSTRAP_KEY: ${error.message}`), { cause: error });
  }
}
