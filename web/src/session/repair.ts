/** Having a picture repaired, and what to say of it. */
import type { PolicyOverrides } from '../../../src/core/checks/policy.ts';
import { fix } from '../api/client.ts';
import { type Problem, problem as problemOfCode, tellProblem } from '../api/problem.ts';
import { convert, stepsOf } from '../convert/convert.ts';
import type { Spoken } from '../words/catalogue.ts';
import { fileNameOf, fileOf, type Newcomer, type Picture, sourceOf } from './picture.ts';

/** How long a repair may take, in milliseconds; the service gives up earlier. */
const LIMIT_MS = 60_000;
/** How often it is asked for again while the service has no place for it. */
const BUSY_RETRIES = 5;

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
  spoken: Spoken,
): Promise<RepairResult> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  const { language, core } = spoken;
  const answer = await fix(sourceOf(picture), face, policy, key, {
    signal,
    busyRetries: BUSY_RETRIES,
    language,
  });
  if (!answer.ok) {
    const { problem } = answer;
    const { what, advice } = tellProblem(problem, spoken);
    return { newcomer: null, trouble: core.join([what, advice]), problem };
  }
  const { picture: file, steps, advice, reason } = answer.value;
  if (file === null)
    return { newcomer: null, trouble: spoken.verdict.notFixed(told(reason, advice, spoken)), problem: null };
  const newcomer: Newcomer = {
    name: repairedName(picture.name, file.type),
    source: { kind: 'file', file },
    repaired: { from: picture, steps },
  };
  return { newcomer, trouble: '', problem: null };
}

/** A refused file is told of as everywhere on the page: what the service says of it is meant for those who write requests. */
function told(reason: string | null, advice: string, spoken: Spoken): string {
  if (reason === null || !reason.startsWith('image.') || Object.hasOwn(spoken.core.reasons, reason))
    return advice;
  const { what, advice: toDo } = tellProblem(problemOfCode(reason), spoken);
  return spoken.core.join([what, toDo]);
}

/** Makes of a file that is too large one that is not, without sending it anywhere. */
export async function repairHere(picture: Picture, spoken: Spoken): Promise<RepairResult> {
  const file = fileOf(picture);
  const made = file && (await convert(file, new AbortController().signal));
  if (made === 'not loaded') {
    const problem = problemOfCode('inspector.unavailable');
    const { what, advice } = tellProblem(problem, spoken);
    return { newcomer: null, trouble: spoken.core.join([what, advice]), problem };
  }
  if (file === null || made === null)
    return { newcomer: null, trouble: spoken.verdict.notFixedHere, problem: null };
  const newcomer: Newcomer = {
    name: repairedName(fileNameOf(picture), made.file.type),
    source: { kind: 'file', file: made.file },
    repaired: { from: picture, steps: stepsOf(file, made, spoken) },
  };
  return { newcomer, trouble: '', problem: null };
}

/** `portrait.heic` becomes `portrait-fixed.jpg`. */
function repairedName(name: string, type: string): string {
  const extension = type.replace('image/', '').replace('jpeg', 'jpg');
  return `${name.replace(/\.\w+$/, '')}-fixed.${extension}`;
}
