/** How fast requests may start, learnt from the answers. Times are in milliseconds. */
export interface Pace {
  /** Least time between two starts. */
  readonly gap: number;
  /** How long nothing starts after the last refusal. */
  readonly rest: number;
}

/** As fast as there are places. */
export const FULL_SPEED: Pace = { gap: 0, rest: 0 };

/** Where a key's rate is used up: the usual one is 5 a second. */
const RATE_GAP = 200;
/** Where the service has no place: others may be done in a moment. */
const BUSY_GAP = 50;
const SLOWEST_GAP = 4_000;
const FIRST_REST = 400;
const LONGEST_REST = 8_000;

/**
 * The pace after an answer that asks for fewer requests: a fifth slower each time.
 *
 * @param overRate the key's own rate is used up; otherwise the service is busy
 */
export function slower({ gap, rest }: Pace, overRate: boolean): Pace {
  return {
    gap: Math.min(SLOWEST_GAP, Math.max(overRate ? RATE_GAP : BUSY_GAP, gap * 1.2)),
    rest: Math.min(LONGEST_REST, rest === 0 ? FIRST_REST : rest * 2),
  };
}

/** The pace after a success: a little faster. */
export function faster({ gap }: Pace): Pace {
  return { gap: gap * 0.98, rest: 0 };
}
