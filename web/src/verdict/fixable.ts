/** Whether "Fix" stands below a verdict. */
import { wantsFrame } from '../../../src/core/checks/preset.ts';
import { presetOf } from '../../../src/core/checks/presets.ts';
import { hashOf } from '../session/address.ts';
import type { Picture } from '../session/picture.ts';
import { type Remedy, remedyOf } from '../session/remedy.ts';
import type { Session } from '../session/session.ts';

/** What can be done about a picture, and whether it is offered. */
export interface Fixable {
  readonly remedy: Remedy;
  /** It came to nothing by these limits, and does so again until they are others: what to do instead stands there. */
  readonly isVain: boolean;
  readonly isOffered: boolean;
}

/** What can be done about a picture now. */
export function fixableOf(picture: Picture, { service, limits }: Session): Fixable {
  const hasService = service.value !== null;
  const standing = picture.standing.value;
  // For another generator a picture that passes may want a crop of its own.
  const isForOther = hasService && standing === 'pass' && wantsFrame(presetOf(limits.generator.value));
  const remedy = standing === 'refused' ? remedyOf(picture, hasService, limits.preset.value) : 'none';
  const { vainFor } = picture.repair.value;
  const isVain = vainFor !== null && vainFor === hashOf(limits.asked.value);
  const isOffered = !isVain && (remedy === 'browser' || remedy === 'service' || isForOther);
  return { remedy, isVain, isOffered };
}
