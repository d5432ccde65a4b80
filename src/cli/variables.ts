import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import type { OptionDeclaration } from '../server/option.ts';
import { OPTIONS } from '../server/options.ts';
import { nearNames } from '../wire/near-names.ts';
import { KEY_VARIABLE } from './server.ts';

/** What our variables begin with. */
const PREFIX = 'LPD_';
/** Of the tests of this project. */
const TEST_PREFIX = 'LPD_TEST_';
/** What Kubernetes sets in every container for a service that somebody called `lpd`. */
const SERVICE_LINK = /^LPD_(?:SERVICE_(?:HOST|PORT)(?:_\w+)?|PORT_\d+_(?:TCP|UDP|SCTP)(?:_\w+)?)$/;
const LINKED_PORT = /^(?:tcp|udp|sctp):\/\//;

/**
 * Refuses variables that look like ours and are not: a limit that was misspelt would not be in force.
 *
 * @throws DetectError `option.invalid`, naming the variable and those that may be meant
 */
export async function checkVariables(env: NodeJS.ProcessEnv): Promise<void> {
  const known = [
    ...Object.values<OptionDeclaration<unknown>>(OPTIONS).map(({ variable }) => variable),
    KEY_VARIABLE,
  ];
  const unknown = Object.keys(env).find((name) => isOurs(name, env[name] ?? '') && !known.includes(name));
  if (unknown === undefined) return;
  const near = await nearNames(unknown, known, (name) => [name, PREFIX + name]);
  const detail =
    near.length > 0
      ? fill(COMMAND_DETAILS.nearVariable, { unknown, near: near.join(' or ') })
      : fill(COMMAND_DETAILS.noVariable, { unknown, prefix: PREFIX });
  throw new DetectError('option.invalid', detail);
}

function isOurs(name: string, value: string): boolean {
  if (!name.startsWith(PREFIX) || name.startsWith(TEST_PREFIX) || SERVICE_LINK.test(name)) return false;
  return !(name === `${PREFIX}PORT` && LINKED_PORT.test(value));
}
