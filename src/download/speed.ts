/** The least speed of bytes that come or go, beside the deadline: a slow line holds a place that others could use. */

/** A least average speed over each window of time. */
export interface LeastSpeed {
  readonly leastBytesPerSecond: number;
  readonly speedWindowMs: number;
}

/** Below this a 10 MiB picture takes most of an hour. Nobody waits that long; it would only hold a place. */
const LEAST_BYTES_PER_SECOND = 4096;
/** How long the speed may stay below the least one: longer than a phone takes to change cells. */
const SPEED_WINDOW_MS = 3000;

/** What is asked of every line, unless an operator says otherwise. */
export const LEAST_SPEED: LeastSpeed = {
  leastBytesPerSecond: LEAST_BYTES_PER_SECOND,
  speedWindowMs: SPEED_WINDOW_MS,
};

/** Tells each time when a whole window passes with too few bytes. Returns what counts bytes and what stops it. */
export function watchSpeed(
  { leastBytesPerSecond, speedWindowMs }: LeastSpeed,
  onSlow: () => void,
): { count(bytes: number): void; stop(): void } {
  const least = (leastBytesPerSecond * speedWindowMs) / 1000;
  let arrived = 0;
  const timer = setInterval(() => {
    if (arrived < least) onSlow();
    arrived = 0;
  }, speedWindowMs);
  return {
    count: (bytes) => {
      arrived += bytes;
    },
    stop: () => clearInterval(timer),
  };
}
