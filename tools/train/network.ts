import { CELLS, CHANNELS } from '../../src/models/head-network.ts';
import type { Algebra, Matrix } from './algebra.ts';
import type { Rng } from './rng.ts';
import type { Features } from './samples.ts';

/** Channels of the first layer, which reads each cell by itself. */
export const CELL_OUTPUTS = 16;

/** Numbers that the last layer reads. */
export const HIDDEN = 48;

/** A fully connected layer: inputs x outputs, and a bias for each output. */
export interface DenseLayer {
  readonly weights: Matrix;
  readonly biases: Float32Array;
}

/** What is subtracted from each input, and what it is divided by then. */
export interface Scaling {
  readonly means: Float32Array;
  readonly deviations: Float32Array;
}

/** The heads' network as it is trained: see `src/models/head-network.ts` for how it is used. */
export interface Network {
  readonly channels: Scaling;
  readonly tints: Scaling;
  readonly cell: DenseLayer;
  readonly hidden: DenseLayer;
  readonly output: DenseLayer;
}

/** What one batch looks like on its way through the network. */
export interface Pass {
  /** Cells of all samples x channels, scaled. */
  readonly cells: Matrix;
  /** Samples x (what the first layer made of the cells, cell by cell; then tints). */
  readonly seen: Matrix;
  readonly hidden: Matrix;
  readonly outputs: Matrix;
}

/** Inputs that hardly vary would be blown up; a deviation is at least this share of the mean deviation. */
const LEAST_DEVIATION = 0.2;

/** Multiplications for one face. */
export function countMultiplications({ cell, hidden, output }: Network): number {
  return CELLS * cell.weights.data.length + hidden.weights.data.length + output.weights.data.length;
}

/** Weights at random, of the size at which rectifiers keep the signal's spread (He and others, 2015). */
export function beginNetwork(
  scalings: Pick<Network, 'channels' | 'tints'>,
  outputs: number,
  rng: Rng,
): Network {
  const layer = (rows: number, columns: number): DenseLayer => {
    const spread = Math.sqrt(2 / rows);
    const data = Float32Array.from({ length: rows * columns }, () => rng.normal() * spread);
    return { weights: { rows, columns, data }, biases: new Float32Array(columns) };
  };
  return {
    ...scalings,
    cell: layer(CHANNELS, CELL_OUTPUTS),
    hidden: layer(CELL_OUTPUTS * CELLS + scalings.tints.means.length, HIDDEN),
    output: layer(HIDDEN, outputs),
  };
}

/** Means and deviations of the channels and of the tints over some samples. */
export function measureScalings(
  { activations, tints }: Features,
  chosen: readonly number[],
): Pick<Network, 'channels' | 'tints'> {
  return {
    channels: measure(activations, chosen, (column) => Math.floor(column / CELLS), CHANNELS),
    tints: measure(tints, chosen, (column) => column, tints.columns),
  };
}

function measure(
  { columns, data }: Matrix,
  chosen: readonly number[],
  groupOf: (column: number) => number,
  groups: number,
): Scaling {
  const [sums, squares] = [new Float64Array(groups), new Float64Array(groups)];
  for (const row of chosen) {
    for (let column = 0; column < columns; column++) {
      const value = data[row * columns + column];
      const group = groupOf(column);
      sums[group] += value;
      squares[group] += value * value;
    }
  }
  const count = (chosen.length * columns) / groups;
  const means = Float32Array.from(sums, (sum) => sum / count);
  const raw = squares.map((square, i) => Math.sqrt(Math.max(0, square / count - means[i] ** 2)));
  const least = (LEAST_DEVIATION * raw.reduce((a, b) => a + b, 0)) / groups;
  return { means, deviations: Float32Array.from(raw, (deviation) => Math.max(deviation, least)) };
}

/**
 * Runs some samples through the network.
 *
 * @param mask called with what each of the first two layers made of them, to change it in place; for training
 */
export async function run(
  algebra: Algebra,
  network: Network,
  features: Features,
  chosen: readonly number[],
  mask: (values: Float32Array, layer: 'seen' | 'hidden') => void = () => undefined,
): Promise<Pass> {
  const cells = gatherCells(features.activations, chosen, network.channels);
  const perCell = await dense(algebra, cells, network.cell);
  rectify(perCell.data);
  const seen = joinTints(perCell, features.tints, chosen, network.tints);
  mask(seen.data, 'seen');
  const hidden = await dense(algebra, seen, network.hidden);
  rectify(hidden.data);
  mask(hidden.data, 'hidden');
  return { cells, seen, hidden, outputs: await dense(algebra, hidden, network.output) };
}

/** The samples' cells, a row each: channels are planes in the features, and side by side here. */
function gatherCells({ columns, data }: Matrix, chosen: readonly number[], scaling: Scaling): Matrix {
  const out = new Float32Array(chosen.length * columns);
  chosen.forEach((row, i) => {
    for (let channel = 0; channel < CHANNELS; channel++) {
      const [mean, factor] = [scaling.means[channel], 1 / scaling.deviations[channel]];
      const from = row * columns + channel * CELLS;
      for (let cell = 0, to = i * columns + channel; cell < CELLS; cell++, to += CHANNELS)
        out[to] = (data[from + cell] - mean) * factor;
    }
  });
  return { rows: chosen.length * CELLS, columns: CHANNELS, data: out };
}

function joinTints(perCell: Matrix, tints: Matrix, chosen: readonly number[], scaling: Scaling): Matrix {
  const width = perCell.columns * CELLS;
  const columns = width + tints.columns;
  const data = new Float32Array(chosen.length * columns);
  chosen.forEach((row, i) => {
    data.set(perCell.data.subarray(i * width, (i + 1) * width), i * columns);
    for (let tint = 0; tint < tints.columns; tint++) {
      const value = tints.data[row * tints.columns + tint] - scaling.means[tint];
      data[i * columns + width + tint] = value / scaling.deviations[tint];
    }
  });
  return { rows: chosen.length, columns, data };
}

async function dense(algebra: Algebra, inputs: Matrix, { weights, biases }: DenseLayer): Promise<Matrix> {
  const out = await algebra.product(inputs, weights);
  for (let i = 0; i < out.data.length; i++) out.data[i] += biases[i % biases.length];
  return out;
}

function rectify(values: Float32Array): void {
  for (let i = 0; i < values.length; i++) if (values[i] < 0) values[i] = 0;
}
