/** Having a picture repaired, and what to say of it. */
import type { PolicyOverrides } from '../../../src/core/checks/policy.ts';
import { type Answer, fix } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';
import { FULL_SPEED, slower } from './pace.ts';
import type { Newcomer, Picture } from './picture.ts';

/** How long a repair may take, in milliseconds; the service gives up earlier. */
const LIMIT_MS = 60_000;
/** How often it is asked for while the service has no place for it. */
const TRIES = 6;

/** What came of a repair. */
export interface RepairResult {
  /** The repaired picture; null where there is none. */
  readonly newcomer: Newcomer | null;
  /** What to tell the person where there is none; empty otherwise. */
  readonly trouble: string;
  /** Why the service did not even try; null where it did. */
  readonly problem: Problem | null;
}

/**
 * Has a picture repaired.
 *
 * @param face   the one to crop to, from 1; null leaves the choice to the service
 * @param policy what the result has to pass, where that differs from the service's own
 */
export async function repair(
  picture: Picture,
  face: number | null,
  policy: PolicyOverrides,
  key: string,
): Promise<RepairResult> {
  const late = AbortSignal.timeout(LIMIT_MS);
  const answer = await patiently(() => fix(picture.source, face, policy, key, late));
  if (!answer.ok) {
    const { problem } = answer;
    return { newcomer: null, trouble: `${problem.title}. ${problem.what} ${problem.advice}`, problem };
  }
  const { picture: file, steps, advice } = answer.value;
  if (file === null) return { newcomer: null, trouble: `It cannot be repaired. ${advice}`, problem: null };
  const newcomer: Newcomer = {
    name: repairedName(picture.name, file.type),
    source: { kind: 'file', file },
    repaired: { from: picture, steps },
  };
  return { newcomer, trouble: '', problem: null };
}

/** Asks again, at growing distances, while the service wants fewer requests. */
async function patiently<T>(ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
  let answer = await ask();
  for (let pace = FULL_SPEED, tries = 1; tries < TRIES && isAboutPace(answer); tries++) {
    pace = slower(pace, true);
    await new Promise((resolve) => setTimeout(resolve, pace.rest));
    answer = await ask();
  }
  return answer;
}

function isAboutPace(answer: Answer<unknown>): boolean {
  return !answer.ok && (answer.problem.code === 'key.rate' || answer.problem.code === 'overload.queue');
}

/** `portrait.heic` becomes `portrait-fixed.jpg`. */
function repairedName(name: string, type: string): string {
  const extension = type.replace('image/', '').replace('jpeg', 'jpg');
  return `${name.replace(/\.\w+$/, '')}-fixed.${extension}`;
}
