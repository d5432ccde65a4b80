import type { Network } from '../../core/face/networks.ts';
import { type InferenceSession, loadRuntime, type Tensor } from './runtime.ts';

/** A network in onnxruntime. The buffers for its input and its outputs are made once, and filled anew at each run. */
export class OnnxNetwork implements Network {
  readonly size: number;
  readonly input: Float32Array;
  readonly #session: InferenceSession;
  readonly #feeds: Readonly<Record<string, Tensor>>;
  readonly #fetches: Readonly<Record<string, Tensor>>;
  readonly #outputs: Readonly<Record<string, Float32Array>>;

  /**
   * @param size edge of the session's input, in pixels
   * @throws Error when an output is not of floats, or its size depends on the input
   */
  constructor(session: InferenceSession, size: number) {
    const { Tensor } = loadRuntime();
    this.size = size;
    this.input = new Float32Array(3 * size * size);
    this.#session = session;
    this.#feeds = { [session.inputNames[0]]: new Tensor('float32', this.input, [1, 3, size, size]) };
    const outputs = session.outputMetadata.map((output) => {
      const dims = output.isTensor && output.type === 'float32' ? output.shape.map(Number) : [Number.NaN];
      const count = dims.reduce((product, length) => product * length, 1);
      if (!Number.isInteger(count)) throw new Error(`the output ${output.name} has no fixed size in floats`);
      return { name: output.name, dims, data: new Float32Array(count) };
    });
    this.#outputs = Object.fromEntries(outputs.map(({ name, data }) => [name, data]));
    this.#fetches = Object.fromEntries(
      outputs.map(({ name, dims, data }) => [name, new Tensor('float32', data, dims)]),
    );
  }

  async run(): Promise<Readonly<Record<string, Float32Array>>> {
    await this.#session.run(this.#feeds, this.#fetches);
    return this.#outputs;
  }
}
