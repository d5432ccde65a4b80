import { DEFAULT_POLICY } from '../../src/checks/policy.ts';
import type { Answers } from './answers.ts';
import { COVERS, HARMLESS } from './covers/index.ts';
import type { Sample } from './samples.ts';
import { REGIONS } from './truth.ts';

/** A sample and what was answered of it by heads that had not seen its source, or for pose its picture. */
export interface Judged {
  readonly sample: Sample;
  readonly answers: Answers;
}

/** What a region's probability is held against. */
export const EVEN = 0.5;

/** Steepness in degrees from which a head is a profile, and up to which it surely is none. */
export const PROFILE_FROM = 60;
const NO_PROFILE_UP_TO = 45;

/** The kinds of cover in a variant's name, by family. */
export function familiesOf({ variant }: Sample): ReadonlySet<string> {
  const kinds = kindsOf(variant);
  return new Set([...COVERS, ...HARMLESS].flatMap(({ kind, family }) => (kinds.has(kind) ? [family] : [])));
}

/** What a variant's name says was drawn or done. */
export function kindsOf(variant: string): ReadonlySet<string> {
  return new Set(variant.split(' + '));
}

/** Changed by more than its tone or by mirroring. */
export function isDrawn({ variant }: Sample): boolean {
  return variant !== 'plain' && variant !== 'mirrored' && !variant.startsWith('tone ');
}

/** Given another tone of skin, and nothing else. */
export function isTone({ sample }: Judged): boolean {
  return sample.variant.startsWith('tone ');
}

/** A photo of a face that is really covered. */
export function isMasked({ sample }: Judged): boolean {
  return sample.group === 'obstructed' && sample.expected === 'fail';
}

/** Of photos only dark glasses are labelled as covering the eyes. */
export function wearsDarkGlasses({ sample }: Judged): boolean {
  return sample.truth.covered.leftEye === true;
}

/** Something was drawn on the face that covers nothing. */
export function isHarmless({ sample }: Judged): boolean {
  const families = familiesOf(sample);
  return families.size === 1 && families.has('harmless') && sample.truth.obstructed === false;
}

/** The product lets it pass, as far as the heads are asked. */
export function passes(judged: Judged): boolean {
  return judged.answers.human >= DEFAULT_POLICY.minHuman && !isProfile(judged) && !isObstructed(judged);
}

/** The product refuses it for its yaw. */
export function isProfile({ answers }: Judged): boolean {
  return answers.yaw > DEFAULT_POLICY.maxYaw;
}

/** The product refuses it as obstructed. */
export function isObstructed({ answers }: Judged): boolean {
  return answers.obstructed > DEFAULT_POLICY.maxCovered;
}

/** One of the regions that spoil the portrait is truly covered and was said to be. */
export function namesRegion({ sample, answers }: Judged): boolean {
  return REGIONS.some((region) => sample.truth.covered[region] === true && answers[region] > EVEN);
}

/** Degrees between what was answered and what is true. */
export function yawError({ sample, answers }: Judged): number {
  return Math.abs(Math.min(90, Math.max(0, answers.yaw)) - sample.truth.yaw!);
}

/** Whether it is a profile; null where people would not agree, or nothing is known. */
export function isSteep({ truth }: Sample): boolean | null {
  if (truth.yaw === null || (truth.yaw < PROFILE_FROM && truth.yaw > NO_PROFILE_UP_TO)) return null;
  return truth.yaw >= PROFILE_FROM;
}
