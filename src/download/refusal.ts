/**
 * Why a target may not be downloaded from. It travels as the `cause` of a `DetectError` and is for the
 * operator's log only: the client can't tell a refused target from one that does not answer.
 */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused';
}
