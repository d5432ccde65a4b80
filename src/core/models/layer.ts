import { bytesOfBase64, floatsOfBase64 } from '../base64.ts';

/** A layer's weights as the training writes them: 8-bit integers, a row for each output. All three are in base64. */
export interface LayerFile {
  /** Signed 8-bit integers. */
  readonly weights: string;
  /** What each row's weights are multiplied by: 32-bit floats. */
  readonly scales: string;
  /** What is added to each output: 32-bit floats. */
  readonly biases: string;
}

/** A layer, ready to be run. */
export interface Layer {
  readonly rows: number;
  readonly columns: number;
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/**
 * Unpacks a layer.
 *
 * @param name what it is called where it is damaged
 * @throws Error where its parts do not fit each other
 */
export function unpackLayer(name: string, { weights, scales, biases }: LayerFile): Layer {
  const whole = new Int8Array(bytesOfBase64(weights).buffer);
  const factors = floatsOfBase64(scales);
  const rows = factors.length;
  const columns = whole.length / rows;
  const offsets = floatsOfBase64(biases);
  if (!Number.isInteger(columns) || offsets.length !== rows)
    throw misfit(name, `has ${whole.length} weights, ${rows} scales and ${offsets.length} biases`);
  // A plain loop, as for FaceMesh's weights: every start of every worker waits for it.
  const unpacked = new Float32Array(whole.length);
  for (let row = 0, at = 0; row < rows; row++) {
    for (const end = at + columns; at < end; at++) unpacked[at] = whole[at] * factors[row];
  }
  return { rows, columns, weights: unpacked, biases: offsets };
}

/** Runs a layer on all of some numbers; four sums that do not wait for each other. */
export function runLayer(
  { rows, columns, weights, biases }: Layer,
  values: Float32Array,
  out: Float32Array,
): void {
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

/** Sets what is below nothing to nothing. */
export function rectify(values: Float32Array, count: number): void {
  for (let i = 0; i < count; i++) if (values[i] < 0) values[i] = 0;
}

/** The error for a layer that does not fit. */
export function misfit(layer: string, what: string): Error {
  return new Error(`the heads' file is damaged: its layer "${layer}" ${what}`);
}
