import { compileJoin, deriveSignals, type Join } from '../../src/models/signals.ts';
import type { Algebra, Matrix } from './algebra.ts';
import { learn } from './learn.ts';
import { type Network, run } from './network.ts';
import { fitLogistic, fitRidge } from './regression.ts';
import type { Features, Sample } from './samples.ts';
import { HEADS, type JoinSpec, type Kind } from './specs.ts';

/** The network learns angles in units of this many degrees, so that they are as large as logits. */
const DEGREES_UNIT = 45;

const JOIN_PENALTY = 1e-3;

/** Samples run through the network at a time. */
const BLOCK = 1024;

/** Samples, and what heads can read of them; neither is changed. */
export interface Lessons {
  readonly samples: readonly Sample[];
  readonly features: Features;
}

/**
 * Fits the heads on some of the samples.
 *
 * @param chosen indices of the samples to learn from
 */
export function fitHeads(
  algebra: Algebra,
  { samples, features }: Lessons,
  chosen: readonly number[],
): Promise<Network> {
  const lessons = HEADS.map(({ kind, target }) => {
    const values = samples.map(target);
    const known = chosen.filter((i) => values[i] !== null);
    const even = weigh(
      known.map((i) => ({ sample: samples[i], value: values[i]! })),
      kind,
    );
    const weights = new Float64Array(samples.length);
    known.forEach((i, at) => {
      weights[i] = even[at];
    });
    return {
      kind: kind === 'degrees' ? ('distance' as const) : kind,
      weights,
      targets: Float64Array.from(values, (value) => (value ?? Number.NaN) / unitOf(kind)),
    };
  });
  return learn(algebra, features, lessons, chosen);
}

/** Each head's output for some of the samples: logits, and degrees. */
export async function runHeads(
  algebra: Algebra,
  network: Network,
  features: Features,
  chosen: readonly number[],
): Promise<Map<string, number>[]> {
  const all: Map<string, number>[] = [];
  for (let from = 0; from < chosen.length; from += BLOCK) {
    const block = chosen.slice(from, from + BLOCK);
    const { outputs } = await run(algebra, network, features, block);
    for (let row = 0; row < block.length; row++) {
      const value = (column: number) => outputs.data[row * outputs.columns + column];
      all.push(new Map(HEADS.map(({ name, kind }, column) => [name, value(column) * unitOf(kind)])));
    }
  }
  return all;
}

/** All signals of a sample, from its heads' outputs. */
export function signalsOf(sample: Sample, outputs: ReadonlyMap<string, number>): Map<string, number> {
  const { score, flag, meshYaw } = sample;
  return deriveSignals(outputs, { score, flag, meshYaw });
}

/** Signals of samples. */
export type Signals = readonly ReadonlyMap<string, number>[];

/**
 * The signals of every sample, each from heads that were fitted without the sample's own fold.
 *
 * @param folds the fold of each sample, from 0
 */
export async function crossSignals(algebra: Algebra, lessons: Lessons, folds: Int32Array): Promise<Signals> {
  const signals = new Array<ReadonlyMap<string, number>>(folds.length);
  const indices = [...folds.keys()];
  for (let fold = 0; fold <= Math.max(...folds); fold++) {
    const held = indices.filter((i) => folds[i] === fold);
    const heads = await fitHeads(
      algebra,
      lessons,
      indices.filter((i) => folds[i] !== fold),
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
    const known = chosen.filter((i) => target(samples[i]) !== null);
    const ofTerms = terms.map((term) => compileJoin({ bias: 0, terms: { [term]: 1 } }));
    const raw = known.flatMap((i) => ofTerms.map((evaluate) => evaluate(signals[i])));
    const rows = { rows: known.length, columns: terms.length, data: Float32Array.from(raw) };
    const scales = columnScales(rows);
    for (let i = 0; i < rows.data.length; i++) rows.data[i] /= scales[i % terms.length];
    const values = Float64Array.from(known, (i) => target(samples[i])!);
    const pairs = known.map((i, at) => ({ sample: samples[i], value: values[at] }));
    const solve = kind === 'logistic' ? fitLogistic : fitRidge;
    const even = weigh(pairs, kind);
    const weights =
      kind === 'degrees' ? even : even.map((w, i) => w * 2 * (values[i] === 1 ? prior : 1 - prior));
    const model = await solve(algebra, rows, { values, weights, penalty: JOIN_PENALTY });
    joins[name] = {
      bias: model[terms.length],
      terms: Object.fromEntries(terms.map((term, i) => [term, model[i] / scales[i]])),
    };
  }
  return joins;
}

/** What an output of 1 stands for. */
export function unitOf(kind: Kind): number {
  return kind === 'degrees' ? DEGREES_UNIT : 1;
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
function weigh(pairs: readonly { sample: Sample; value: number }[], kind: Kind): Float64Array {
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
