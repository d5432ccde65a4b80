import { CELLS } from '../../src/models/head-network.ts';
import type { Algebra, Matrix } from './algebra.ts';
import {
  beginNetwork,
  CELL_OUTPUTS,
  type DenseLayer,
  measureScalings,
  type Network,
  run,
} from './network.ts';
import { createRng, type Rng } from './rng.ts';
import type { Features } from './samples.ts';

/** What one output is to learn, for every sample. */
export interface Lesson {
  /** `logistic` learns a logit of the target being 1, `distance` the target itself. */
  readonly kind: 'logistic' | 'distance';
  /** NaN where nothing is known. */
  readonly targets: Float64Array;
  /** How much each sample counts; 1 in the mean over those that are known. */
  readonly weights: Float64Array;
}

const EPOCHS = 14;
const BATCH = 256;

/** The largest step, reached after this share of all steps; then it falls to nothing along a cosine. */
const LARGEST_STEP = 3e-3;
const WARM_UP = 0.3;

/** AdamW (Loshchilov and Hutter, 2019), with its usual memory of gradients and their squares. */
const DECAY = 1e-2;
const [MEMORY, MEMORY_OF_SQUARES, TINY] = [0.9, 0.999, 1e-8];

/** Shares of numbers that are left out at random, so that none is relied on alone. */
const LEFT_OUT = { seen: 0.1, hidden: 0.3 } as const;

/** Distances further off than this count by their size, nearer ones by their square. */
const NEAR = 0.2;

/** How much distances count beside logits. */
const DISTANCE_SHARE = 2;

/**
 * Trains a network on some of the samples. The same samples give the same network.
 *
 * @param chosen indices of the samples to learn from
 */
export async function learn(
  algebra: Algebra,
  features: Features,
  lessons: readonly Lesson[],
  chosen: readonly number[],
): Promise<Network> {
  const rng = createRng('learning');
  const network = beginNetwork(measureScalings(features, chosen), lessons.length, rng);
  const layers = [network.cell, network.hidden, network.output];
  const optimiser = new AdamW(layers.flatMap(({ weights, biases }) => [weights.data, biases]));
  const importance = lessons.map(({ targets }) => importanceOf(targets, chosen));
  const perEpoch = Math.max(1, Math.floor(chosen.length / BATCH));
  for (let step = 0; step < EPOCHS * perEpoch; step++) {
    if (step % perEpoch === 0) chosen = shuffle(chosen, rng);
    const at = (step % perEpoch) * BATCH;
    const batch = chosen.slice(at, at + BATCH);
    const masks = new Map<string, Float32Array>();
    const pass = await run(algebra, network, features, batch, (values, layer) => {
      masks.set(layer, leaveOut(values, LEFT_OUT[layer], rng));
    });
    const slopes = slopesOf(pass.outputs, lessons, importance, batch);
    const output = await backwards(algebra, network.output, pass.hidden, slopes);
    passOn(output.inputs, masks.get('hidden')!, pass.hidden.data);
    const hidden = await backwards(algebra, network.hidden, pass.seen, output.inputs);
    passOn(hidden.inputs, masks.get('seen')!, pass.seen.data);
    const cell = await backwards(algebra, network.cell, pass.cells, withoutTints(hidden.inputs), false);
    optimiser.step(
      [cell, hidden, output].flatMap(({ weights, biases }) => [weights, biases]),
      LARGEST_STEP * stepSize(step / (EPOCHS * perEpoch)),
    );
  }
  return network;
}

/** What is known of few samples is said seldom, and counts more when it is. */
function importanceOf(targets: Float64Array, chosen: readonly number[]): number {
  const known = chosen.reduce((count, i) => count + (Number.isNaN(targets[i]) ? 0 : 1), 0);
  return Math.sqrt(chosen.length / Math.max(1, known));
}

function stepSize(progress: number): number {
  if (progress < WARM_UP) return 0.04 + (0.96 * progress) / WARM_UP;
  return (1 + Math.cos((Math.PI * (progress - WARM_UP)) / (1 - WARM_UP))) / 2;
}

function shuffle(items: readonly number[], rng: Rng): number[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = rng.below(i + 1);
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}

/** Sets some numbers to nothing and makes up for it in the rest. @returns what each was multiplied by */
function leaveOut(values: Float32Array, share: number, rng: Rng): Float32Array {
  const factors = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    factors[i] = rng.next() < share ? 0 : 1 / (1 - share);
    values[i] *= factors[i];
  }
  return factors;
}

/** How the loss changes with each output. */
function slopesOf(
  outputs: Matrix,
  lessons: readonly Lesson[],
  importance: readonly number[],
  batch: readonly number[],
): Matrix {
  const { columns } = outputs;
  const data = new Float32Array(outputs.data.length);
  batch.forEach((sample, row) => {
    lessons.forEach(({ kind, targets, weights }, column) => {
      const target = targets[sample];
      if (Number.isNaN(target)) return;
      const at = row * columns + column;
      const value = outputs.data[at];
      const slope =
        kind === 'logistic'
          ? 1 / (1 + Math.exp(-value)) - target
          : DISTANCE_SHARE * Math.max(-1, Math.min(1, (value - target) / NEAR));
      data[at] = (slope * weights[sample] * importance[column]) / batch.length;
    });
  });
  return { rows: outputs.rows, columns, data };
}

/** What the loss's slopes by a layer's outputs are by its weights, biases and inputs. */
async function backwards(
  algebra: Algebra,
  { weights, biases }: DenseLayer,
  inputs: Matrix,
  slopes: Matrix,
  needsInputs = true,
) {
  const byBias = new Float32Array(biases.length);
  for (let i = 0; i < slopes.data.length; i++) byBias[i % byBias.length] += slopes.data[i];
  return {
    weights: (await algebra.transposedProduct(inputs, slopes)).data,
    biases: byBias,
    inputs: needsInputs ? await algebra.product(slopes, transpose(weights)) : slopes,
  };
}

function transpose({ rows, columns, data }: Matrix): Matrix {
  const out = new Float32Array(data.length);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) out[c * rows + r] = data[r * columns + c];
  return { rows: columns, columns: rows, data: out };
}

/** Back through what was left out and through the rectifier, in place: tints come without one. */
function passOn(slopes: Matrix, factors: Float32Array, values: Float32Array): void {
  const rectified = slopes.columns > CELL_OUTPUTS * CELLS ? CELL_OUTPUTS * CELLS : slopes.columns;
  for (let i = 0; i < slopes.data.length; i++) {
    const isPassed = values[i] > 0 || i % slopes.columns >= rectified;
    slopes.data[i] = isPassed ? slopes.data[i] * factors[i] : 0;
  }
}

/** Slopes by the cells' outputs, a row a cell. */
function withoutTints({ rows, columns, data }: Matrix): Matrix {
  const width = CELL_OUTPUTS * CELLS;
  const out = new Float32Array(rows * width);
  for (let r = 0; r < rows; r++) out.set(data.subarray(r * columns, r * columns + width), r * width);
  return { rows: rows * CELLS, columns: CELL_OUTPUTS, data: out };
}

class AdamW {
  readonly #weights: readonly Float32Array[];
  readonly #memories: readonly { readonly slope: Float32Array; readonly square: Float32Array }[];
  #steps = 0;

  /** @param weights changed in place by {@link step} */
  constructor(weights: readonly Float32Array[]) {
    this.#weights = weights;
    this.#memories = weights.map(({ length }) => ({
      slope: new Float32Array(length),
      square: new Float32Array(length),
    }));
  }

  step(slopes: readonly Float32Array[], size: number): void {
    this.#steps++;
    const bySlope = 1 / (1 - MEMORY ** this.#steps);
    const bySquare = 1 / (1 - MEMORY_OF_SQUARES ** this.#steps);
    this.#weights.forEach((weights, layer) => {
      const { slope, square } = this.#memories[layer];
      const now = slopes[layer];
      for (let i = 0; i < weights.length; i++) {
        slope[i] = MEMORY * slope[i] + (1 - MEMORY) * now[i];
        square[i] = MEMORY_OF_SQUARES * square[i] + (1 - MEMORY_OF_SQUARES) * now[i] ** 2;
        const move = (slope[i] * bySlope) / (Math.sqrt(square[i] * bySquare) + TINY);
        weights[i] -= size * (move + DECAY * weights[i]);
      }
    });
  }
}
