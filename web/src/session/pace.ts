/** How fast requests may start, learnt from the answers. Times are in milliseconds. */
export interface Pace {
  /** Least time between two starts. */
  readonly gap: number;
  /** How long nothing starts after the last refusal. */
  readonly rest: number;
}

/** As fast as there are places. */
export const FULL_SPEED: Pace = { gap: 0, rest: 0 };

/** A service's usual rate is 5 a second for each key. */
const USUAL_GAP = 200;
const SLOWEST_GAP = 4_000;
const FIRST_REST = 400;
const LONGEST_REST = 8_000;

/** The pace after an answer that asks for fewer requests: the usual rate first, then a fifth slower each time. */
export function slower({ gap, rest }: Pace): Pace {
  return {
    gap: Math.min(SLOWEST_GAP, gap === 0 ? USUAL_GAP : gap * 1.2),
    rest: Math.min(LONGEST_REST, rest === 0 ? FIRST_REST : rest * 2),
  };
}

/** The pace after a success: a little faster. */
export function faster({ gap }: Pace): Pace {
  return { gap: gap * 0.99, rest: 0 };
}
