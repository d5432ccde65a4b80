/** The list of all checks, and the names that follow from it. */
import type { Rule } from './rule.ts';
import { backlight } from './rules/backlight.ts';
import { brightness } from './rules/brightness.ts';
import { contrast } from './rules/contrast.ts';
import { count } from './rules/count.ts';
import { detail } from './rules/detail.ts';
import { edge } from './rules/edge.ts';
import { evenness } from './rules/evenness.ts';
import { exposure } from './rules/exposure.ts';
import { eyeDistance } from './rules/eye-distance.ts';
import { eyes } from './rules/eyes.ts';
import { eyesVisible } from './rules/eyes-visible.ts';
import { face } from './rules/face.ts';
import { fill } from './rules/fill.ts';
import { frontal } from './rules/frontal.ts';
import { hand } from './rules/hand.ts';
import { height } from './rules/height.ts';
import { hips } from './rules/hips.ts';
import { human } from './rules/human.ts';
import { inside } from './rules/inside.ts';
import { mouth } from './rules/mouth.ts';
import { pitch } from './rules/pitch.ts';
import { pixels } from './rules/pixels.ts';
import { roll } from './rules/roll.ts';
import { shape } from './rules/shape.ts';
import { share } from './rules/share.ts';
import { sharpness } from './rules/sharpness.ts';
import { size } from './rules/size.ts';
import { uncut } from './rules/uncut.ts';
import { upright } from './rules/upright.ts';
import { visible } from './rules/visible.ts';
import { whole } from './rules/whole.ts';
import { yaw } from './rules/yaw.ts';

/** The order decides which reason a picture with several faults is refused for. */
const ALL = [
  face,
  frontal,
  human,
  uncut,
  share,
  upright,
  pitch,
  visible,
  eyesVisible,
  hand,
  size,
  pixels,
  height,
  eyeDistance,
  yaw,
  inside,
  detail,
  fill,
  edge,
  shape,
  sharpness,
  roll,
  brightness,
  exposure,
  contrast,
  evenness,
  backlight,
  count,
  hips,
  mouth,
  eyes,
  whole,
] as const;

/** Each of the checks, as its file declares it. */
export type EachRule = (typeof ALL)[number];

/** A check's name in an inspection. */
export type CheckId = EachRule['id'];

/** A limit's name. */
export type LimitName = EachRule['limit'];

/** What an advisory check finds. */
export type AdvisoryReason = Extract<EachRule, { readonly advisory: true }>['reason'];

/** Why a picture fails. */
export type FaceReason = Exclude<EachRule, { readonly advisory: true }>['reason'];

/** A check of the list. */
export type KnownRule = Rule & {
  readonly id: CheckId;
  readonly limit: LimitName;
  readonly reason: FaceReason | AdvisoryReason;
};

/** All checks, in the order in which they are run. */
export const RULES: readonly KnownRule[] = ALL;

/** Ids of the checks that fail a picture only where the policy enforces them. */
export const ADVISORY: readonly string[] = RULES.filter((rule) => rule.advisory).map((rule) => rule.id);
