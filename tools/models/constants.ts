import type { OnnxTensor } from './onnx.ts';
import type { TfjsWeight } from './tfjs-graph.ts';

/** The constants of a translated model: the weights of a graph (NHWC) as ONNX has them (NCHW). Each gives its name. */
export class Constants {
  readonly all: OnnxTensor[] = [];
  readonly #weights: ReadonlyMap<string, TfjsWeight>;
  readonly #done = new Set<string>();

  constructor(weights: ReadonlyMap<string, TfjsWeight>) {
    this.#weights = weights;
  }

  /** Whether a node's input is a weight, and no other node. */
  has(name: string): boolean {
    return this.#weights.has(name);
  }

  /** A weight as the graph has it. @throws Error where there is none of that name */
  weight(name: string): TfjsWeight {
    const weight = this.#weights.get(name);
    if (!weight) throw new Error(`the graph has no weight ${name}`);
    return weight;
  }

  /** Numbers under a name, once, however often they are asked for. */
  float(name: string, dims: readonly number[], data: Float32Array): string {
    if (!this.#done.has(name)) this.all.push({ name, dims, data });
    this.#done.add(name);
    return name;
  }

  /** Whole numbers, such as sizes. */
  int64(name: string, values: readonly number[]): string {
    this.all.push({ name, dims: [values.length], data: BigInt64Array.from(values, BigInt) });
    return name;
  }

  /** Height, width, 1. */
  plane(name: string): string {
    const { shape, data } = this.weight(name);
    const [height = 0, width = 0, channels] = shape;
    if (shape.length !== 3 || channels !== 1) throw new Error(`${name}: only a plane is multiplied with`);
    return this.float(name, [1, height, width], Float32Array.from(data));
  }

  /** Height, width, in, out to out, in, height, width. */
  kernel(name: string): string {
    const { shape, data } = this.weight(name);
    const [h = 0, w = 0, i = 0, o = 0] = shape;
    const out = new Float32Array(data.length);
    for (let at = 0; at < data.length; at++) {
      const toO = at % o;
      const toI = Math.floor(at / o) % i;
      const pixel = Math.floor(at / (o * i));
      out[(toO * i + toI) * h * w + pixel] = data[at];
    }
    return this.float(name, [o, i, h, w], out);
  }

  /** Height, width, channel, 1 to channel, 1, height, width. */
  depthwiseKernel(name: string): string {
    const { shape, data } = this.weight(name);
    const [h = 0, w = 0, c = 0, multiplier = 0] = shape;
    if (multiplier !== 1) throw new Error(`${name}: a channel multiplier of ${multiplier} is not supported`);
    const out = new Float32Array(data.length);
    for (let at = 0; at < data.length; at++) out[(at % c) * h * w + Math.floor(at / c)] = data[at];
    return this.float(name, [c, 1, h, w], out);
  }

  /** As it is. */
  vector(name: string): string {
    const { data } = this.weight(name);
    return this.float(name, [data.length], Float32Array.from(data));
  }

  /** One number a channel, shaped so that it is spread over height and width. */
  channelConstant(name: string): string {
    const { data } = this.weight(name);
    return this.float(name, [data.length, 1, 1], Float32Array.from(data));
  }

  /** TensorFlow: a pair (before, after) an axis, NHWC. ONNX: all befores, then all afters, NCHW. */
  paddings(name: string): string {
    const pairs = this.weight(name).data;
    const axes = [0, 3, 1, 2];
    const values = [0, 1].flatMap((side) => axes.map((axis) => Number(pairs[axis * 2 + side])));
    return this.int64(`${name}/nchw`, values);
  }
}
