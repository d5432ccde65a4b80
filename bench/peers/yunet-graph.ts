import { encodeOnnx, type OnnxNode, type OnnxTensor } from '../../tools/models/onnx.ts';

/** Channels of the backbone after its first stage, as all that follows has them. */
const CHANNELS = 64;
/** Channels of the first stage. */
const STEM = 16;
/** Stages behind which the picture is halved, and those that the neck reads, counted from 0. */
const HALVED = [0, 2, 3, 4];
const READ = [3, 4, 5];
const STRIDES = [8, 16, 32];
/** What is told of each cell, in how many numbers, and whether as a share. */
const HEADS = [
  { name: 'cls', size: 1, isShare: true },
  { name: 'obj', size: 1, isShare: true },
  { name: 'bbox', size: 4, isShare: false },
  { name: 'kps', size: 10, isShare: false },
] as const;
/** No cell is a face: sorting thousands of made-up ones out would cost what real ones do not. */
const NO_FACE = -10;

/**
 * YuNet's graph, layer for layer as its authors publish it (`configs/yunet_n.py` and the modules that it names, in
 * https://github.com/ShiqiYu/libfacedetection.train), batch norms folded, with made-up weights: what it takes does not
 * depend on them, and its file is in no package. It finds nothing.
 *
 * @param size edge of the square input, a multiple of 32
 * @returns the ONNX model, and how many weights it has
 */
export function makeYuNet(size: number): { readonly model: Uint8Array; readonly weights: number } {
  const builder = new Builder();
  let x = builder.unit(builder.conv('input', 3, STEM, { kernel: 3, stride: 2, isRelu: true }), STEM, STEM);
  const read: string[] = [];
  for (let stage = 0; stage < 6; stage++) {
    if (stage > 0) {
      const from = stage === 1 ? STEM : CHANNELS;
      x = builder.unit(builder.unit(x, from, from), from, CHANNELS);
    }
    if (READ.includes(stage)) read.push(x);
    if (HALVED.includes(stage)) x = builder.halve(x);
  }
  for (let level = 2; level >= 0; level--) {
    read[level] = builder.unit(read[level], CHANNELS, CHANNELS);
    if (level > 0) read[level - 1] = builder.add(read[level - 1], builder.double(read[level]));
  }
  const outputs = STRIDES.flatMap((stride, level) => {
    const shared = builder.unit(read[level], CHANNELS, CHANNELS);
    return HEADS.map(({ name, size: numbers, isShare }) => {
      const output = `${name}_${stride}`;
      builder.head(shared, numbers, isShare, output);
      return { name: output, dims: [1, (size / stride) ** 2, numbers] };
    });
  });
  const { nodes, constants } = builder;
  const inputs = [{ name: 'input', dims: [1, 3, size, size] }];
  const model = encodeOnnx({ name: 'yunet', nodes, constants, inputs, outputs });
  return { model, weights: builder.weights };
}

interface ConvOptions {
  readonly kernel: number;
  readonly stride?: number;
  /** Each channel by itself. */
  readonly isDepthwise?: boolean;
  readonly isRelu?: boolean;
  readonly bias?: number;
}

/** Emits layers; each gives the name of its output. */
class Builder {
  readonly nodes: OnnxNode[] = [];
  readonly constants: OnnxTensor[] = [];
  weights = 0;
  #state = 0x9e3779b9;

  conv(x: string, from: number, to: number, options: ConvOptions): string {
    const { kernel, stride = 1, isDepthwise = false, isRelu = false, bias = 0.02 } = options;
    const depth = isDepthwise ? 1 : from;
    const pad = (kernel - 1) / 2;
    const weights = this.#constant([to, depth, kernel, kernel], () => this.#random(depth * kernel * kernel));
    const biases = this.#constant([to], () => bias);
    this.weights += to * depth * kernel * kernel + to;
    const sum = this.#emit('Conv', [x, weights, biases], {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [pad, pad, pad, pad],
      group: isDepthwise ? from : 1,
    });
    return isRelu ? this.#emit('Relu', [sum]) : sum;
  }

  /** One by one over all channels, then three by three within each. */
  unit(x: string, from: number, to: number): string {
    return this.conv(this.conv(x, from, to, { kernel: 1 }), to, to, {
      kernel: 3,
      isDepthwise: true,
      isRelu: true,
    });
  }

  halve(x: string): string {
    return this.#emit('MaxPool', [x], { kernel_shape: [2, 2], strides: [2, 2] });
  }

  double(x: string): string {
    const scales = this.#constant([4], (i) => (i < 2 ? 1 : 2));
    return this.#emit('Resize', [x, '', scales], {
      mode: 'nearest',
      coordinate_transformation_mode: 'asymmetric',
      nearest_mode: 'floor',
    });
  }

  add(a: string, b: string): string {
    return this.#emit('Add', [a, b]);
  }

  /** A row of numbers for each cell. */
  head(x: string, size: number, isShare: boolean, output: string): void {
    const cells = this.conv(x, CHANNELS, size, { kernel: 1 });
    const bias = isShare ? NO_FACE : 0;
    const numbers = this.conv(cells, size, size, { kernel: 3, isDepthwise: true, bias });
    const last = this.#emit('Transpose', [numbers], { perm: [0, 2, 3, 1] });
    const shape = this.#name();
    this.constants.push({ name: shape, dims: [3], data: BigInt64Array.from([1n, -1n, BigInt(size)]) });
    const rows = this.#emit('Reshape', [last, shape]);
    this.nodes.push({ op: isShare ? 'Sigmoid' : 'Identity', inputs: [rows], outputs: [output] });
  }

  #emit(op: string, inputs: readonly string[], attributes?: OnnxNode['attributes']): string {
    const output = this.#name();
    this.nodes.push({ op, inputs, outputs: [output], ...(attributes && { attributes }) });
    return output;
  }

  #constant(dims: readonly number[], value: (index: number) => number): string {
    const name = this.#name();
    const length = dims.reduce((product, dim) => product * dim, 1);
    this.constants.push({ name, dims, data: Float32Array.from({ length }, (_, i) => value(i)) });
    return name;
  }

  #name(): string {
    return `v${this.nodes.length + this.constants.length}`;
  }

  /** Even within what keeps activations of about one size from layer to layer; the same at every call (xorshift32). */
  #random(inputs: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state / 2 ** 31) * Math.sqrt(3 / inputs);
  }
}
