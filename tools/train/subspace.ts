import { type Algebra, type Matrix, orthonormalise } from './algebra.ts';
import { createRng } from './rng.ts';

/** A projection of features to the few directions in which they vary most. */
export interface Subspace {
  readonly mean: Float32Array;
  /** What each feature is divided by. */
  readonly deviation: Float32Array;
  /** features x dimensions, orthonormal columns. */
  readonly basis: Matrix;
}

/**
 * Features that hardly vary would be blown up by dividing by their deviation; it is floored at this share of
 * the mean deviation.
 */
const DEVIATION_FLOOR = 0.2;

/** Rounds of subspace iteration; the spectrum falls fast, so few are needed. */
const ROUNDS = 4;

/**
 * Finds the leading subspace of standardised features by randomised subspace iteration (Halko, Martinsson and
 * Tropp, 2011). A ridge penalty does not depend on the turn within the subspace, so no eigenvectors are needed.
 *
 * @param features a row a sample; standardised in place, so that the same memory serves {@link Algebra}
 */
export async function findSubspace(
  algebra: Algebra,
  features: Matrix,
  dimensions: number,
): Promise<Subspace> {
  const { mean, deviation } = moments(features);
  standardise(features, mean, deviation);
  const rng = createRng('subspace');
  let basis: Matrix = {
    rows: features.columns,
    columns: dimensions,
    data: Float32Array.from({ length: features.columns * dimensions }, () => rng.normal()),
  };
  for (let round = 0; round < ROUNDS; round++) {
    basis = await algebra.transposedProduct(features, await algebra.product(features, basis));
    orthonormalise(basis);
  }
  return { mean, deviation, basis };
}

/** Subtracts the mean and divides by the deviation, in place. */
export function standardise(
  { rows, columns, data }: Matrix,
  mean: Float32Array,
  deviation: Float32Array,
): void {
  for (let r = 0, at = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++, at++) data[at] = (data[at] - mean[c]) / deviation[c];
  }
}

/** A linear function in the subspace, as one over the raw features: weights and an offset. */
export function unfold(
  subspace: Subspace,
  inSubspace: Float64Array,
): { weights: Float64Array; bias: number } {
  const { mean, deviation, basis } = subspace;
  const dimensions = basis.columns;
  const weights = new Float64Array(basis.rows);
  let bias = inSubspace[dimensions];
  for (let f = 0; f < basis.rows; f++) {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) sum += basis.data[f * dimensions + d] * inSubspace[d];
    weights[f] = sum / deviation[f];
    bias -= weights[f] * mean[f];
  }
  return { weights, bias };
}

function moments({ rows, columns, data }: Matrix): { mean: Float32Array; deviation: Float32Array } {
  const sum = new Float64Array(columns);
  const squares = new Float64Array(columns);
  for (let r = 0, at = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++, at++) {
      sum[c] += data[at];
      squares[c] += data[at] ** 2;
    }
  }
  const mean = Float32Array.from(sum, (value) => value / rows);
  const raw = squares.map((value, c) => Math.sqrt(Math.max(0, value / rows - (sum[c] / rows) ** 2)));
  const floor = (DEVIATION_FLOOR * raw.reduce((a, b) => a + b, 0)) / columns;
  return { mean, deviation: Float32Array.from(raw, (value) => Math.max(value, floor)) };
}
