import { type Algebra, type Matrix, solveSymmetric } from './algebra.ts';

/** What a linear model is fitted to. */
export interface Targets {
  /** 0 or 1 for {@link fitLogistic}, any number for {@link fitRidge}; one a row. */
  readonly values: Float64Array;
  /** How much each row counts. */
  readonly weights: Float64Array;
  /** The penalty on the squared weights, relative to the mean loss of a row. */
  readonly penalty: number;
}

const NEWTON_STEPS = 12;

/** The gradient's largest entry, relative to the rows' total weight, at which Newton's method stops. */
const CONVERGED = 1e-7;

/**
 * Fits a logistic regression with a ridge penalty by Newton's method, its step halved where it overshoots.
 *
 * @param rows the inputs; a row a sample
 * @returns a weight a column, then the offset
 */
export async function fitLogistic(algebra: Algebra, rows: Matrix, targets: Targets): Promise<Float64Array> {
  const { values, weights } = targets;
  let model = new Float64Array(rows.columns + 1);
  let loss = logisticLoss(rows, targets, model);
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const slope = new Float64Array(rows.rows);
    const curvature = new Float64Array(rows.rows);
    const logits = predict(rows, model);
    for (let r = 0; r < rows.rows; r++) {
      const p = 1 / (1 + Math.exp(-logits[r]));
      slope[r] = weights[r] * (p - values[r]);
      curvature[r] = weights[r] * Math.max(p * (1 - p), 1e-6);
    }
    const { gradient, direction } = await newtonDirection(algebra, rows, targets, model, slope, curvature);
    if (gradient.every((value) => Math.abs(value) < CONVERGED)) break;
    let scale = 1;
    for (; scale > 1e-3; scale /= 2) {
      const tried = model.map((value, i) => value - scale * direction[i]);
      const triedLoss = logisticLoss(rows, targets, tried);
      if (triedLoss <= loss) {
        model = tried;
        loss = triedLoss;
        break;
      }
    }
    if (scale <= 1e-3) break;
  }
  return model;
}

/** Fits a linear regression with a ridge penalty. @returns a weight a column, then the offset */
export async function fitRidge(algebra: Algebra, rows: Matrix, targets: Targets): Promise<Float64Array> {
  const zero = new Float64Array(rows.columns + 1);
  const slope = targets.values.map((value, r) => -targets.weights[r] * value);
  const { direction } = await newtonDirection(algebra, rows, targets, zero, slope, targets.weights);
  return direction.map((value) => -value);
}

/** The model's value for each row. */
function predict({ rows, columns, data }: Matrix, model: Float64Array): Float64Array {
  const out = new Float64Array(rows);
  for (let r = 0, at = 0; r < rows; r++) {
    let sum = model[columns];
    for (let c = 0; c < columns; c++, at++) sum += data[at] * model[c];
    out[r] = sum;
  }
  return out;
}

function logisticLoss(rows: Matrix, { values, weights, penalty }: Targets, model: Float64Array): number {
  const logits = predict(rows, model);
  let loss = 0;
  let total = 0;
  for (let r = 0; r < rows.rows; r++) {
    const margin = values[r] === 1 ? logits[r] : -logits[r];
    loss += weights[r] * (Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin))));
    total += weights[r];
  }
  let norm = 0;
  for (let c = 0; c < rows.columns; c++) norm += model[c] ** 2;
  return loss / total + (penalty / 2) * norm;
}

async function newtonDirection(
  algebra: Algebra,
  rows: Matrix,
  { weights, penalty }: Targets,
  model: Float64Array,
  slope: Float64Array,
  curvature: Float64Array,
): Promise<{ gradient: Float64Array; direction: Float64Array }> {
  const k = rows.columns;
  const total = weights.reduce((a, b) => a + b, 0);
  const scaled = new Float32Array(rows.data.length);
  const gradient = new Float64Array(k + 1);
  const border = new Float64Array(k + 1);
  for (let r = 0, at = 0; r < rows.rows; r++) {
    for (let c = 0; c < k; c++, at++) {
      const weighted = rows.data[at] * curvature[r];
      scaled[at] = weighted;
      border[c] += weighted;
      gradient[c] += rows.data[at] * slope[r];
    }
    gradient[k] += slope[r];
    border[k] += curvature[r];
  }
  const inner = await algebra.transposedProduct(rows, { ...rows, data: scaled });
  const hessian = new Float64Array((k + 1) ** 2);
  for (let i = 0; i <= k; i++) {
    gradient[i] = gradient[i] / total + (i < k ? penalty * model[i] : 0);
    for (let j = 0; j <= k; j++) {
      const value = i === k ? border[j] : j === k ? border[i] : inner.data[i * k + j];
      hessian[i * (k + 1) + j] = value / total + (i === j ? (i < k ? penalty : 1e-9) : 0);
    }
  }
  return { gradient, direction: solveSymmetric(hessian, gradient) };
}
