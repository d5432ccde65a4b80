/** The small network of the heads: as `tools/train` writes it, and how it is run. */

import { type Layer, type LayerFile, misfit, rectify, runLayer, unpackLayer } from './layer.ts';

/** A trained network. */
export interface NetworkFile {
  /** What its last layer's outputs are called. */
  readonly outputs: readonly string[];
  /** Reads the 128 activations of a cell, the same for all cells. */
  readonly cell: LayerFile;
  /** Reads what the first layer made of all cells, one plane per channel, and behind that all else. */
  readonly hidden: LayerFile;
  readonly output: LayerFile;
}

/** Channels of FaceMesh's shared activations. */
export const CHANNELS = 128;

/** Cells of a channel: a grid of 6 x 6. */
export const CELLS = 36;

/** Three layers with rectifiers between them. Pure; one instance serves everyone. */
export class HeadNetwork {
  readonly #cell: Layer;
  readonly #hidden: Layer;
  readonly #output: Layer;

  /** @throws Error when its layers do not fit each other */
  constructor({ outputs, cell, hidden, output }: NetworkFile) {
    this.#cell = unpackLayer('cell', cell);
    this.#hidden = unpackLayer('hidden', hidden);
    this.#output = unpackLayer('output', output);
    if (this.#cell.columns !== CHANNELS || this.#cell.rows % 2 !== 0)
      throw misfit('cell', `has ${this.#cell.rows} rows of ${this.#cell.columns}`);
    if (this.others < 0) throw misfit('hidden', `reads ${this.#hidden.columns} numbers`);
    if (this.#output.columns !== this.#hidden.rows || this.#output.rows !== outputs.length)
      throw misfit('output', `has ${this.#output.rows} rows of ${this.#output.columns}`);
  }

  /** How many numbers it reads beside activations. */
  get others(): number {
    return this.#hidden.columns - this.#cell.rows * CELLS;
  }

  /**
   * Its outputs, in the order of their names.
   *
   * @param activations 128 channels x 6 x 6 cells
   * @param others      all else that it reads, in the order of the training
   * @throws RangeError when there are not as many of either as it was trained on
   */
  run(activations: Float32Array, others: readonly ArrayLike<number>[]): Float32Array {
    if (activations.length !== CHANNELS * CELLS)
      throw new RangeError(
        `${activations.length} activations were given; the heads read ${CHANNELS * CELLS}`,
      );
    const given = others.reduce((sum, { length }) => sum + length, 0);
    if (given !== this.others)
      throw new RangeError(`${given} other numbers were given; the heads read ${this.others}`);
    const seen = new Float32Array(this.#hidden.columns);
    runCells(this.#cell, activations, seen);
    let at = this.#cell.rows * CELLS;
    for (const numbers of others) {
      seen.set(numbers, at);
      at += numbers.length;
    }
    const hidden = new Float32Array(this.#hidden.rows);
    runLayer(this.#hidden, seen, hidden);
    rectify(hidden, hidden.length);
    const values = new Float32Array(this.#output.rows);
    runLayer(this.#output, hidden, values);
    return values;
  }
}

/** The first layer on each cell: two rows and two cells at a time, so that each number is loaded half as often. */
function runCells({ rows, weights, biases }: Layer, activations: Float32Array, out: Float32Array): void {
  for (let row = 0; row < rows; row += 2) {
    const first = row * CHANNELS;
    const second = first + CHANNELS;
    for (let cell = 0; cell < CELLS; cell += 2) {
      let a = biases[row];
      let b = a;
      let c = biases[row + 1];
      let d = c;
      for (let channel = 0, from = cell; channel < CHANNELS; channel++, from += CELLS) {
        const here = activations[from];
        const beside = activations[from + 1];
        const one = weights[first + channel];
        const other = weights[second + channel];
        a += one * here;
        b += one * beside;
        c += other * here;
        d += other * beside;
      }
      out[row * CELLS + cell] = a;
      out[row * CELLS + cell + 1] = b;
      out[(row + 1) * CELLS + cell] = c;
      out[(row + 1) * CELLS + cell + 1] = d;
    }
  }
  rectify(out, rows * CELLS);
}
