import { deriveSignals, evaluateJoin, type Join } from '../../src/models/signals.ts';
import type { Algebra, Matrix } from './algebra.ts';
import { fitLogistic, fitRidge } from './regression.ts';
import type { Sample } from './samples.ts';
import { HEADS, type HeadSpec, type JoinSpec } from './specs.ts';
import { findSubspace, standardise, unfold } from './subspace.ts';

/** A linear head over the raw activations. */
export interface LinearHead {
  readonly weights: Float64Array;
  readonly bias: number;
}

/** Linear heads by name. */
export type LinearHeads = Readonly<Record<string, LinearHead>>;

/** Dimensions of the subspace in which heads are fitted: more only fits the sources at hand. */
const DIMENSIONS = 256;

const JOIN_PENALTY = 1e-3;

/** Samples with a row of activations each; neither is changed. */
export interface Lessons {
  readonly samples: readonly Sample[];
  readonly features: Matrix;
}

/**
 * Fits heads on some of the samples.
 *
 * @param chosen indices of the samples to learn from
 */
export async function fitHeads(
  algebra: Algebra,
  { samples, features }: Lessons,
  chosen: readonly number[],
  specs: readonly HeadSpec[] = HEADS,
): Promise<LinearHeads> {
  const rows = takeRows(features, chosen);
  const subspace = await findSubspace(algebra, rows, Math.min(DIMENSIONS, chosen.length - 1));
  const reduced = await algebra.product(rows, subspace.basis);
  const heads: Record<string, LinearHead> = {};
  for (const { name, kind, penalty, target } of specs) {
    const values = chosen.map((index) => target(samples[index]));
    const known = values.flatMap((value, i) => (value === null ? [] : [i]));
    const targets = {
      values: Float64Array.from(known, (i) => values[i]!),
      weights: weigh(
        known.map((i) => ({ sample: samples[chosen[i]], value: values[i]! })),
        kind,
      ),
      penalty,
    };
    const solve = kind === 'logistic' ? fitLogistic : fitRidge;
    heads[name] = unfold(subspace, await solve(algebra, takeRows(reduced, known), targets));
  }
  return heads;
}

/** Each head's output for some of the samples. */
export async function runHeads(
  algebra: Algebra,
  heads: LinearHeads,
  features: Matrix,
  chosen: readonly number[],
): Promise<Map<string, number>[]> {
  const names = Object.keys(heads);
  const data = new Float32Array(features.columns * names.length);
  names.forEach((name, column) => {
    heads[name].weights.forEach((weight, row) => {
      data[row * names.length + column] = weight;
    });
  });
  const weights = { rows: features.columns, columns: names.length, data };
  const outputs = await algebra.product(takeRows(features, chosen), weights);
  return chosen.map(
    (_, row) =>
      new Map(
        names.map((name, column) => [name, outputs.data[row * names.length + column] + heads[name].bias]),
      ),
  );
}

/** All signals of a sample, from its heads' outputs. */
export function signalsOf(sample: Sample, outputs: ReadonlyMap<string, number>): Map<string, number> {
  const { score, flag, meshYaw } = sample;
  return deriveSignals(outputs, { score, flag, meshYaw });
}

/** Signals of samples; null for a sample that nothing was asked of. */
export type Signals = readonly (ReadonlyMap<string, number> | null)[];

/**
 * The signals of every sample, each from heads that were fitted without the sample's own fold.
 *
 * @param folds the fold of each sample, from 0; a sample with a negative one is left out
 */
export async function crossSignals(
  algebra: Algebra,
  lessons: Lessons,
  folds: Int32Array,
  specs: readonly HeadSpec[] = HEADS,
): Promise<Signals> {
  const signals = new Array<ReadonlyMap<string, number> | null>(folds.length).fill(null);
  const indices = [...folds.keys()].filter((i) => folds[i] >= 0);
  for (let fold = 0; fold <= Math.max(...folds); fold++) {
    const held = indices.filter((i) => folds[i] === fold);
    const heads = await fitHeads(
      algebra,
      lessons,
      indices.filter((i) => folds[i] !== fold),
      specs,
    );
    const outputs = await runHeads(algebra, heads, lessons.features, held);
    held.forEach((index, i) => {
      signals[index] = signalsOf(lessons.samples[index], outputs[i]);
    });
  }
  return signals;
}

/**
 * Fits the second layer of some answers.
 *
 * @param signals from heads that had not seen their sample
 * @param chosen  indices of the samples to learn from
 */
export async function fitJoins(
  algebra: Algebra,
  samples: readonly Sample[],
  signals: Signals,
  chosen: readonly number[],
  specs: readonly JoinSpec[],
): Promise<Record<string, Join>> {
  const joins: Record<string, Join> = {};
  for (const { name, kind, terms, prior, target } of specs) {
    const known = chosen.filter((i) => signals[i] !== null && target(samples[i]) !== null);
    const raw = known.flatMap((i) => terms.map((term) => termValue(term, signals[i]!)));
    const rows = { rows: known.length, columns: terms.length, data: Float32Array.from(raw) };
    const scales = columnScales(rows);
    standardise(rows, new Float32Array(terms.length), scales);
    const values = Float64Array.from(known, (i) => target(samples[i])!);
    const pairs = known.map((i, at) => ({ sample: samples[i], value: values[at] }));
    const solve = kind === 'logistic' ? fitLogistic : fitRidge;
    const even = weigh(pairs, kind);
    const weights =
      kind === 'ridge' ? even : even.map((w, i) => w * 2 * (values[i] === 1 ? prior : 1 - prior));
    const model = await solve(algebra, rows, { values, weights, penalty: JOIN_PENALTY });
    joins[name] = {
      bias: model[terms.length],
      terms: Object.fromEntries(terms.map((term, i) => [term, model[i] / scales[i]])),
    };
  }
  return joins;
}

function termValue(term: string, signals: ReadonlyMap<string, number>): number {
  return evaluateJoin({ bias: 0, terms: { [term]: 1 } }, signals);
}

function columnScales({ rows, columns, data }: Matrix): Float32Array {
  const squares = new Float64Array(columns);
  for (let i = 0; i < data.length; i++) squares[i % columns] += data[i] ** 2;
  return Float32Array.from(squares, (sum) => Math.sqrt(sum / rows) || 1);
}

/**
 * How much each sample counts: both answers the same in all, and within an answer each source by the square
 * root of its samples, so that no large source speaks for everyone.
 */
function weigh(
  pairs: readonly { sample: Sample; value: number }[],
  kind: 'logistic' | 'ridge',
): Float64Array {
  const keys = pairs.map(({ sample, value }) => {
    const side = kind === 'logistic' ? value : Math.floor(value / 30);
    return { side, source: `${side} ${sample.source} ${sample.group}` };
  });
  const counts = new Map<string, number>();
  for (const { source } of keys) counts.set(source, (counts.get(source) ?? 0) + 1);
  const raw = keys.map(({ source }) => 1 / Math.sqrt(counts.get(source)!));
  const totals = new Map<number, number>();
  keys.forEach(({ side }, i) => {
    totals.set(side, (totals.get(side) ?? 0) + raw[i]);
  });
  const share = pairs.length / totals.size;
  return Float64Array.from(keys, ({ side }, i) => (raw[i] / totals.get(side)!) * share);
}

function takeRows({ columns, data }: Matrix, chosen: readonly number[]): Matrix {
  const out = new Float32Array(chosen.length * columns);
  chosen.forEach((from, to) => {
    out.set(data.subarray(from * columns, (from + 1) * columns), to * columns);
  });
  return { rows: chosen.length, columns, data: out };
}
