import { createRng } from './rng.ts';

/** A share of pictures, with the interval in which it lies with 95 % confidence. */
export interface Rate {
  readonly count: number;
  readonly total: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 1000;
const TAIL = 0.025;

/** What is counted of one picture: how many of its variants came out as asked, of how many. */
interface Tally {
  hits: number;
  total: number;
}

/**
 * The share of hits, with a bootstrap interval over pictures: variants of one picture are no independent
 * witnesses. Where all agree, resampling knows no doubt, and the exact binomial bound is given instead.
 *
 * @param trials the picture of each trial, and whether it was a hit
 */
export function rate(trials: readonly { readonly file: string; readonly hit: boolean }[]): Rate {
  const tallies = new Map<string, Tally>();
  for (const { file, hit } of trials) {
    const tally = tallies.get(file) ?? { hits: 0, total: 0 };
    tally.hits += Number(hit);
    tally.total++;
    tallies.set(file, tally);
  }
  const pictures = [...tallies.values()];
  const count = trials.filter(({ hit }) => hit).length;
  const total = trials.length;
  const share = total > 0 ? count / total : Number.NaN;
  if (total === 0) return { count, total, share, low: Number.NaN, high: Number.NaN };
  const exact = TAIL ** (1 / pictures.length);
  if (count === total) return { count, total, share, low: exact, high: 1 };
  if (count === 0) return { count, total, share, low: 0, high: 1 - exact };
  const [low, high] = bootstrap(pictures, (sample) => {
    const hits = sample.reduce((sum, tally) => sum + tally.hits, 0);
    return hits / sample.reduce((sum, tally) => sum + tally.total, 0);
  });
  return { count, total, share, low, high };
}

/** A mean with its bootstrap interval. */
export function meanOf(values: readonly number[]): { mean: number; low: number; high: number } {
  const mean = (of: readonly number[]) => of.reduce((a, b) => a + b, 0) / of.length;
  const [low, high] = bootstrap(values, mean);
  return { mean: mean(values), low, high };
}

function bootstrap<T>(items: readonly T[], statistic: (sample: readonly T[]) => number): [number, number] {
  const rng = createRng('bootstrap');
  const values = Array.from({ length: RESAMPLES }, () => statistic(items.map(() => rng.pick(items))));
  values.sort((a, b) => a - b);
  return [values[Math.floor(RESAMPLES * TAIL)], values[Math.ceil(RESAMPLES * (1 - TAIL)) - 1]];
}

/** The chance that a positive's value is above a negative's; ties count half. */
export function areaUnderCurve(positives: readonly number[], negatives: readonly number[]): number {
  const all = [
    ...positives.map((value) => ({ value, weight: 1 })),
    ...negatives.map((value) => ({ value, weight: 0 })),
  ];
  all.sort((a, b) => a.value - b.value);
  let sum = 0;
  for (let i = 0; i < all.length; ) {
    let end = i;
    while (end < all.length && all[end].value === all[i].value) end++;
    for (let k = i; k < end; k++) if (all[k].weight === 1) sum += (i + end + 1) / 2;
    i = end;
  }
  const p = positives.length;
  return (sum - (p * (p + 1)) / 2) / (p * negatives.length);
}

/** One bin of a reliability plot. */
export interface ReliabilityBin {
  readonly predicted: number;
  readonly observed: number;
  readonly count: number;
}

const BINS = 10;

/**
 * How true probabilities are to their word: what was predicted against what was observed, in ten bins, and the mean
 * difference, weighted by the bins' counts (the expected calibration error).
 */
export function reliability(pairs: readonly { readonly probability: number; readonly truth: boolean }[]): {
  bins: ReliabilityBin[];
  error: number;
} {
  const bins: ReliabilityBin[] = [];
  let error = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const inside = pairs.filter(
      ({ probability }) => Math.min(BINS - 1, Math.floor(probability * BINS)) === bin,
    );
    if (inside.length === 0) continue;
    const predicted = inside.reduce((sum, { probability }) => sum + probability, 0) / inside.length;
    const observed = inside.filter(({ truth }) => truth).length / inside.length;
    bins.push({ predicted, observed, count: inside.length });
    error += (Math.abs(predicted - observed) * inside.length) / pairs.length;
  }
  return { bins, error };
}
