import { type PolicyOverrides, parsePolicy } from '../core/checks/policy.ts';
import { ADVISORY } from '../core/checks/rules.ts';
import { DetectError } from '../errors.ts';
import { readText } from './read-file.ts';

/** All limits and what may be enforced have some 2 KB. */
const MAX_BYTES = 2 ** 20;

/**
 * Reads a policy from a JSON file: an object with limits by name, and `enforce`.
 *
 * @param path undefined for the defaults
 * @throws DetectError `file.unreadable` or `policy.invalid`
 */
export async function readPolicyFile(path: string | undefined): Promise<PolicyOverrides> {
  if (path === undefined) return {};
  const text = await readText(path, 'policy file', MAX_BYTES);
  let overrides: unknown;
  try {
    overrides = JSON.parse(text);
  } catch (cause) {
    throw new DetectError('policy.invalid', `The policy file ${path} is no JSON.`, { cause });
  }
  return parsePolicy(overrides, ADVISORY);
}
