/**
 * Why a target may not be downloaded from. It travels as the `cause` of a `DetectError` and is for the
 * operator's log only: the client can't tell a refused target from one that does not answer.
 */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused';

  /** Whether the address is refused as it is written: no later look-up can say otherwise. */
  readonly isLasting: boolean;

  /** @param message for the log */
  constructor(message: string, { isLasting = false, ...options }: RefusalOptions = {}) {
    super(message, options);
    this.isLasting = isLasting;
  }
}

interface RefusalOptions extends ErrorOptions {
  readonly isLasting?: boolean;
}
