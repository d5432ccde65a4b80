/** Why a picture fails or is told of something, as the rules name it. */
import { type AdvisoryReason, type FaceReason, RULES } from './rules.ts';

export type { AdvisoryReason, FaceReason } from './rules.ts';

/** Why a picture fails, in the order in which the reasons are looked for. */
export const FACE_REASONS = reasonsOf(false) as readonly FaceReason[];

/** What an advisory check finds; these fail a picture only where the policy enforces the check. */
export const ADVISORY_REASONS = reasonsOf(true) as readonly AdvisoryReason[];

function reasonsOf(advisory: boolean): readonly string[] {
  const reasons = RULES.filter((rule) => (rule.advisory === true) === advisory).map(({ reason }) => reason);
  return [...new Set(reasons)];
}
