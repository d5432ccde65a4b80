/** A share of pictures with what it may be in truth. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Standard deviations within which 95 of 100 lie. */
const Z = 1.96;

/**
 * The 95 % interval of a share (Wilson's, which holds for few pictures and for shares near 0 and 1).
 *
 * @param hits  how many of them
 * @param total of how many; at least 1
 */
export function wilson(hits: number, total: number): Interval {
  const share = hits / total;
  const spread = Z * Math.sqrt((share * (1 - share)) / total + (Z / (2 * total)) ** 2);
  const middle = share + Z ** 2 / (2 * total);
  const scale = 1 + Z ** 2 / total;
  return {
    low: hits === 0 ? 0 : (middle - spread) / scale,
    high: hits === total ? 1 : (middle + spread) / scale,
  };
}
