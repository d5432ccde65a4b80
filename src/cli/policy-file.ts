import { LIMITS } from '../core/checks/limits.ts';
import { type PolicyOverrides, parsePolicy } from '../core/checks/policy.ts';
import { PRESET_NAMES } from '../core/checks/presets.ts';
import { ADVISORY } from '../core/checks/rules.ts';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import { nearNames } from '../wire/near-names.ts';
import { readText } from './read-file.ts';

/** All limits and what may be enforced have some 2 KB. */
const MAX_BYTES = 2 ** 20;

/** What a command line says of the limits. */
export interface PolicyFlags {
  /** A JSON file, or such JSON itself: an object with limits by name, `enforce` and `for`. */
  readonly policy?: string | undefined;
  /** A preset's name, which goes before that of the file. */
  readonly for?: string | undefined;
}

/**
 * What differs from the defaults, as the file says it.
 *
 * @throws DetectError `file.unreadable` or `policy.invalid`
 */
export async function readPolicy({ policy: path, for: name }: PolicyFlags): Promise<PolicyOverrides> {
  const asked = {
    ...(path !== undefined && (await readObject(path))),
    ...(name !== undefined && { for: name }),
  };
  if (name !== undefined) await checkName(name);
  parsePolicy(asked, ADVISORY);
  return asked;
}

/** What a policy may hold. */
const POLICY_NAMES = [...Object.keys(LIMITS), 'enforce', 'for'];

/** Tells which generator is meant by a name that is nearly one; of any other, the policy's own error tells all that there are. */
async function checkName(name: string): Promise<void> {
  const nearest = await nearestOf(name, PRESET_NAMES);
  if (nearest === undefined) return;
  const names = PRESET_NAMES.join(', ');
  throw new DetectError('policy.invalid', fill(COMMAND_DETAILS.nearPreset, { name, nearest, names }));
}

/** The same for the names of limits. */
async function checkLimits(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const nearest = await nearestOf(name, POLICY_NAMES);
    if (nearest === undefined) continue;
    throw new DetectError('policy.invalid', fill(COMMAND_DETAILS.nearLimit, { name, nearest }));
  }
}

/** @returns nothing for one of the names, and for what resembles none */
async function nearestOf(name: string, names: readonly string[]): Promise<string | undefined> {
  return names.includes(name) ? undefined : (await nearNames(name, names))[0];
}

/** A policy that is written into the call begins like an object, and so does no usual name of a file. */
const WRITTEN = /^\s*\{/;

async function readObject(given: string): Promise<object> {
  const isWritten = WRITTEN.test(given);
  const text = isWritten ? given : await readText(given, 'policy file', MAX_BYTES);
  let overrides: unknown;
  try {
    overrides = JSON.parse(text);
  } catch (cause) {
    const detail = isWritten
      ? COMMAND_DETAILS.policyTextNotJson
      : fill(COMMAND_DETAILS.policyNotJson, { path: given });
    throw new DetectError('policy.invalid', detail, { cause });
  }
  await checkLimits(Object.keys(overrides ?? {}));
  // Of whatever else it is, the spread above would make an object.
  parsePolicy(overrides, ADVISORY);
  return overrides ?? {};
}
