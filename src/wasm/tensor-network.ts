import { type Tensor, type Tensor4D, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { Network } from '../core/face/networks.ts';
import { toPixels } from './layout.ts';

/** A network in TensorFlow.js: a function from a picture, 1 x size x size x 3, to its outputs by name. */
export type Run = (picture: Tensor4D) => Readonly<Record<string, Tensor>>;

/** In what order an output's numbers are wanted, and how long it may be valid: until the next run. */
export type Read = (name: string, output: Tensor) => Float32Array;

/** A network whose operations TensorFlow.js runs. */
export class TensorNetwork implements Network {
  readonly size: number;
  readonly input: Float32Array;
  readonly #run: Run;
  readonly #read: Read;
  readonly #pixels: Float32Array;

  /**
   * @param size edge of the input, in pixels
   * @param read the numbers as they lie there, if left out
   */
  constructor(size: number, run: Run, read: Read = (_, output) => output.dataSync() as Float32Array) {
    this.size = size;
    this.input = new Float32Array(3 * size * size);
    this.#pixels = new Float32Array(3 * size * size);
    this.#run = run;
    this.#read = read;
  }

  async run(): Promise<Readonly<Record<string, Float32Array>>> {
    toPixels(this.input, this.#pixels);
    const values: Record<string, Float32Array> = {};
    // Nothing is returned from here: `tidy` would look through every number of it for tensors.
    tidy(() => {
      const outputs = this.#run(tensor4d(this.#pixels, [1, this.size, this.size, 3]));
      for (const [name, output] of Object.entries(outputs)) values[name] = this.#read(name, output);
    });
    return values;
  }
}
