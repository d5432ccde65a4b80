/** Which key a person means. */

import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import type { ApiKey } from './store.ts';

/**
 * Finds a key by its id, its name or its shown prefix, each in full. A good key goes before revoked ones of the
 * same name.
 *
 * @throws DetectError `key.unknown` when none or several go by it
 */
export function findKey(keys: readonly ApiKey[], wanted: string): ApiKey {
  const byName = keys.filter((key) => key.name === wanted);
  const groups = [
    keys.filter((key) => key.id === wanted),
    byName.filter((key) => key.revokedAt === null),
    byName,
    keys.filter((key) => key.prefix === wanted),
  ];
  const found = groups.find((group) => group.length > 0) ?? [];
  const [key] = found;
  if (key === undefined) {
    throw new DetectError('key.unknown', fill(COMMAND_DETAILS.noKeyNamed, { wanted }));
  }
  if (found.length > 1) {
    const ids = found.map(({ id }) => id).join(', ');
    throw new DetectError(
      'key.unknown',
      fill(COMMAND_DETAILS.keysNamed, { count: found.length, wanted, ids }),
    );
  }
  return key;
}
