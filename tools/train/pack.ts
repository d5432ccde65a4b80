import { CELLS, type LayerFile, type NetworkFile } from '../../src/models/head-network.ts';
import type { Matrix } from './algebra.ts';
import { unitOf } from './fit.ts';
import { CELL_OUTPUTS, type DenseLayer, type Network, type Scaling } from './network.ts';
import { HEADS } from './specs.ts';

const LARGEST = 127;

/**
 * The network as the product keeps it: 8 bits a weight, with one scale a row. The scalings of its inputs are folded
 * into the weights, cells follow channels as in the activations, and angles come out in degrees.
 */
export function packNetwork({ channels, tints, cell, hidden, output }: Network): NetworkFile {
  const units = HEADS.map(({ kind }) => unitOf(kind));
  return {
    outputs: HEADS.map(({ name }) => name),
    cell: packLayer(foldScaling(cell, 0, channels)),
    hidden: packLayer(byPlanes(foldScaling(hidden, CELL_OUTPUTS * CELLS, tints))),
    output: packLayer(inUnits(output, units)),
  };
}

/** The same function of inputs that are not scaled, from input `first` on. */
function foldScaling(
  { weights, biases }: DenseLayer,
  first: number,
  { means, deviations }: Scaling,
): DenseLayer {
  const { columns } = weights;
  const data = Float32Array.from(weights.data);
  const shifted = Float64Array.from(biases);
  means.forEach((mean, i) => {
    for (let column = 0; column < columns; column++) {
      const at = (first + i) * columns + column;
      data[at] /= deviations[i];
      shifted[column] -= data[at] * mean;
    }
  });
  return { weights: { ...weights, data }, biases: Float32Array.from(shifted) };
}

/** Inputs that come cell by cell in training come channel by channel in the product. */
function byPlanes({ weights, biases }: DenseLayer): DenseLayer {
  const { columns } = weights;
  const data = Float32Array.from(weights.data);
  for (let cell = 0; cell < CELLS; cell++) {
    for (let channel = 0; channel < CELL_OUTPUTS; channel++) {
      const from = (cell * CELL_OUTPUTS + channel) * columns;
      data.set(weights.data.subarray(from, from + columns), (channel * CELLS + cell) * columns);
    }
  }
  return { weights: { ...weights, data }, biases };
}

function inUnits({ weights, biases }: DenseLayer, units: readonly number[]): DenseLayer {
  const data = weights.data.map((weight, i) => weight * units[i % units.length]);
  return { weights: { ...weights, data }, biases: biases.map((bias, i) => bias * units[i]) };
}

function packLayer({ weights, biases }: DenseLayer): LayerFile {
  const { rows: inputs, columns: outputs, data } = weights satisfies Matrix;
  const whole = new Int8Array(inputs * outputs);
  const scales = new Float32Array(outputs);
  for (let row = 0; row < outputs; row++) {
    let largest = 0;
    for (let i = 0; i < inputs; i++) largest = Math.max(largest, Math.abs(data[i * outputs + row]));
    scales[row] = largest / LARGEST || 1;
    for (let i = 0; i < inputs; i++)
      whole[row * inputs + i] = Math.round(data[i * outputs + row] / scales[row]);
  }
  return { weights: base64(whole), scales: base64(scales), biases: base64(biases) };
}

/** Floats lie in memory with their least byte first, on every machine that Node runs on. */
function base64({ buffer, byteOffset, byteLength }: Int8Array | Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}
