/** What several models have in common. */

import { ADVISORY_REASONS, FACE_REASONS } from '../../core/checks/reasons.ts';
import type { ImageLimits } from '../../core/image/limits.ts';
import { MAX_BYTES } from '../../core/image/limits.ts';
import type { CheckReason } from '../../core/inspection.ts';
import { REFUSALS, type Refusal } from '../refusals.ts';

/** LivePortrait's only sentence for a picture that fails; it has no code. */
export const NO_FACE: Refusal = { code: '', message: 'No human face detected.' };

/** EMO, Emoji and Wan2.2-S2V: 400 to 7000 pixels either way, in any shape. */
export const LARGE_PICTURES: ImageLimits = {
  minEdge: 400,
  maxEdge: 7000,
  maxAspect: Number.POSITIVE_INFINITY,
  maxBytes: MAX_BYTES,
  formats: ['jpeg', 'png', 'bmp', 'webp'],
  codes: { edge: 'file.resolution', aspect: 'file.resolution', bytes: 'image.bytes' },
};

/** The same words for every reason. */
export function sameForAll(refusal: Refusal): Readonly<Record<CheckReason, Refusal>> {
  const reasons: readonly CheckReason[] = [...FACE_REASONS, ...ADVISORY_REASONS];
  return Object.fromEntries(reasons.map((reason) => [reason, refusal])) as Record<CheckReason, Refusal>;
}

/** How detectors of one person tell their reasons. What is not clear enough of a picture is its value. */
export const OF_ONE_PERSON: Readonly<Record<CheckReason, Refusal>> = {
  ...sameForAll(REFUSALS.value),
  'face.none': REFUSALS.noHuman,
  'face.several': REFUSALS.multiHuman,
  'face.small': REFUSALS.bodyProportion,
  'face.large': REFUSALS.bodyProportion,
  'face.profile': REFUSALS.facePose,
  'face.turned': REFUSALS.facePose,
  'face.tilted': REFUSALS.facePose,
  'face.leaning': REFUSALS.facePose,
  'face.mouth_open': REFUSALS.facePose,
  'face.eyes_closed': REFUSALS.facePose,
  'face.obstructed': REFUSALS.fullFace,
  'face.cut_off': REFUSALS.fullFace,
  'body.cut_off': REFUSALS.bodyProportion,
};
