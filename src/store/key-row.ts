/** A new key as a row: the same in both stores. */
import { randomBytes } from 'node:crypto';
import type { ApiKey, NewKey } from './store.ts';

const ID_BYTES = 8;

/**
 * Gives a new key its id.
 *
 * @param now when it is made, ISO 8601, UTC
 * @returns what is told of it, and its row: id, name, prefix, digest, qps, quota, models as JSON, when it was made, when it ends
 */
export function newKeyRow({ name, prefix, digest, qps, quota, models, expiresAt }: NewKey, now: string) {
  const id = randomBytes(ID_BYTES).toString('hex');
  const key: ApiKey = {
    id,
    name,
    prefix,
    qps,
    quota,
    models: [...models],
    createdAt: now,
    expiresAt,
    revokedAt: null,
  };
  const row = [id, name, prefix, Buffer.from(digest), qps, quota, JSON.stringify(models), now, expiresAt];
  return { key, row };
}
