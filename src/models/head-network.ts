/** The small network of the heads: as `tools/train` writes it, and how it is run. */

/** A layer of the network: 8-bit weights, a row for each of its outputs. All three are in base64. */
export interface LayerFile {
  /** Signed 8-bit integers. */
  readonly weights: string;
  /** What each row's weights are multiplied by: 32-bit floats. */
  readonly scales: string;
  /** What is added to each output: 32-bit floats. */
  readonly biases: string;
}

/** A trained network. */
export interface NetworkFile {
  /** What its last layer's outputs are called. */
  readonly outputs: readonly string[];
  /** Reads the 128 activations of a cell, the same for all cells. */
  readonly cell: LayerFile;
  /** Reads what the first layer made of all cells, a plane a channel, and behind that the tints. */
  readonly hidden: LayerFile;
  readonly output: LayerFile;
}

/** Channels of FaceMesh's shared activations. */
export const CHANNELS = 128;

/** Cells of a channel: a grid of 6 x 6. */
export const CELLS = 36;

interface Layer {
  readonly rows: number;
  readonly columns: number;
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/** Three layers with rectifiers between them. Pure; one instance serves everyone. */
export class HeadNetwork {
  readonly #outputs: readonly string[];
  readonly #cell: Layer;
  readonly #hidden: Layer;
  readonly #output: Layer;

  /** @throws Error when its layers do not fit each other */
  constructor({ outputs, cell, hidden, output }: NetworkFile) {
    this.#outputs = outputs;
    this.#cell = unpack('cell', cell);
    this.#hidden = unpack('hidden', hidden);
    this.#output = unpack('output', output);
    if (this.#cell.columns !== CHANNELS || this.#cell.rows % 2 !== 0)
      throw misfit('cell', `has ${this.#cell.rows} rows of ${this.#cell.columns}`);
    if (this.tints < 0) throw misfit('hidden', `reads ${this.#hidden.columns} numbers`);
    if (this.#output.columns !== this.#hidden.rows || this.#output.rows !== outputs.length)
      throw misfit('output', `has ${this.#output.rows} rows of ${this.#output.columns}`);
  }

  /** How many tints it reads. */
  get tints(): number {
    return this.#hidden.columns - this.#cell.rows * CELLS;
  }

  /**
   * Its outputs by name.
   *
   * @param activations 128 channels x 6 x 6 cells
   * @param tints       see `sampleTints`
   * @throws RangeError when there are not as many of either as it was trained on
   */
  run(activations: Float32Array, tints: Float32Array): Map<string, number> {
    if (activations.length !== CHANNELS * CELLS)
      throw new RangeError(
        `${activations.length} activations were given; the heads read ${CHANNELS * CELLS}`,
      );
    if (tints.length !== this.tints)
      throw new RangeError(`${tints.length} tints were given; the heads read ${this.tints}`);
    const seen = new Float32Array(this.#hidden.columns);
    runCells(this.#cell, activations, seen);
    seen.set(tints, this.#cell.rows * CELLS);
    const hidden = new Float32Array(this.#hidden.rows);
    runLayer(this.#hidden, seen, hidden);
    rectify(hidden, hidden.length);
    const values = new Float32Array(this.#output.rows);
    runLayer(this.#output, hidden, values);
    return new Map(this.#outputs.map((name, i) => [name, values[i]]));
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

/** A layer on all numbers; four sums that do not wait for each other. */
function runLayer({ rows, columns, weights, biases }: Layer, values: Float32Array, out: Float32Array): void {
  const whole = columns - (columns % 4);
  for (let row = 0, from = 0; row < rows; row++, from += columns) {
    let a = biases[row];
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0; i < whole; i += 4) {
      a += weights[from + i] * values[i];
      b += weights[from + i + 1] * values[i + 1];
      c += weights[from + i + 2] * values[i + 2];
      d += weights[from + i + 3] * values[i + 3];
    }
    for (let i = whole; i < columns; i++) a += weights[from + i] * values[i];
    out[row] = a + b + c + d;
  }
}

function rectify(values: Float32Array, count: number): void {
  for (let i = 0; i < count; i++) if (values[i] < 0) values[i] = 0;
}

function unpack(name: string, { weights, scales, biases }: LayerFile): Layer {
  const whole = new Int8Array(Buffer.from(weights, 'base64'));
  const factors = floatsOf(scales);
  const rows = factors.length;
  const columns = whole.length / rows;
  const offsets = floatsOf(biases);
  if (!Number.isInteger(columns) || offsets.length !== rows)
    throw misfit(name, `has ${whole.length} weights, ${rows} scales and ${offsets.length} biases`);
  // A plain loop, as for FaceMesh's weights: every start of every worker waits for it.
  const unpacked = new Float32Array(whole.length);
  for (let row = 0, at = 0; row < rows; row++) {
    for (const end = at + columns; at < end; at++) unpacked[at] = whole[at] * factors[row];
  }
  return { rows, columns, weights: unpacked, biases: offsets };
}

function floatsOf(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => bytes.readFloatLE(i * 4));
}

function misfit(layer: string, what: string): Error {
  return new Error(`the heads' file is damaged: its layer "${layer}" ${what}`);
}
