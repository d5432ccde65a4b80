/** What people write as the reason of a label, and the tokens that say the same; a token itself will do too. */
const TOKENS: Readonly<Record<string, readonly string[]>> = {
  no_face: ['face.none'],
  too_small: ['face.small'],
  turned: ['face.turned'],
  profile: ['face.profile'],
  tilted: ['face.tilted'],
  obstructed: ['face.obstructed'],
  cut_off: ['face.cut_off'],
  blurred: ['face.blurred'],
  undecodable: ['image.corrupt'],
  unsupported: ['image.unsupported'],
};

/** The tokens that mean a label's reason; null for a reason that is not known, or none. */
export function tokenOf(reason: string): readonly string[] | null {
  if (/^[a-z]+\.[a-z_]+$/.test(reason)) return [reason];
  return Object.hasOwn(TOKENS, reason) ? TOKENS[reason] : null;
}

/** Whether a picture was refused for the reason that its label gives. */
export function isTrueReason(reason: string, token: string): boolean {
  return tokenOf(reason)?.includes(token) ?? false;
}
