import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import type { CliContext } from './context.ts';

/** Where a service is, and with what key. */
export interface Server {
  /** Its address, without a path of ours. */
  readonly url: string;
  readonly key: string;
}

/** Where the key is, when it is not on the command line, which others on the machine can see. */
export const KEY_VARIABLE = 'LPD_API_KEY';

/**
 * A service that a command names.
 *
 * @throws DetectError `key.missing`
 */
export function serverOf({ env }: Pick<CliContext, 'env'>, url: string, key = env[KEY_VARIABLE]): Server {
  if (!key) throw new DetectError('key.missing', fill(COMMAND_DETAILS.serverKey, { variable: KEY_VARIABLE }));
  return { url, key };
}
