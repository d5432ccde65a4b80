import type { OnnxGraph, OnnxNode, OnnxTensor } from './onnx.ts';

/**
 * onnxruntime's fast kernels work on blocks of so many channels (16 with AVX-512, 8 with AVX2). Between them and any
 * other operation it converts each tensor there and back.
 */
const BLOCK = 16;

/** Operations whose output has as many channels as their inputs, and may keep the blocks. */
const CHANNELWISE = new Set(['Relu', 'PRelu', 'Add', 'MaxPool']);

/**
 * Rewrites a network so that onnxruntime can run it from end to end in its blocked layout, where it also fuses sums
 * and activations into convolutions. The operations that have no kernel there are put as convolutions that do:
 *
 * - a PReLU is `a x + relu((1 - a) x)`, which are two convolutions of one number a channel;
 * - channels of zeros are added by a convolution with a unit matrix;
 * - inner tensors whose channels do not fill their last block get channels of zeros, which stay zeros.
 *
 * What comes out is the same but for the rounding of 32-bit floats. Graphs are as `translate` makes them: NCHW, each
 * operation after those that it reads, one output each.
 *
 * @throws Error for a `Pad` of anything but channels at their end
 */
export function toBlockedLayout(graph: OnnxGraph): OnnxGraph {
  return new Rewriter(graph).rewrite();
}

class Rewriter {
  readonly #graph: OnnxGraph;
  readonly #given: ReadonlyMap<string, OnnxTensor>;
  readonly #nodes: OnnxNode[] = [];
  readonly #constants = new Map<string, OnnxTensor>();
  /** Channels of each value in the given graph. */
  readonly #channels = new Map<string, number>();
  /** Values that keep their count of channels, because something else than a convolution needs it. */
  readonly #exact: ReadonlySet<string>;

  constructor(graph: OnnxGraph) {
    this.#graph = graph;
    this.#given = new Map(graph.constants.map((constant) => [constant.name, constant]));
    this.#exact = findExact(graph);
  }

  rewrite(): OnnxGraph {
    for (const { name, dims } of this.#graph.inputs) this.#channels.set(name, Number(dims[1]));
    for (const node of this.#graph.nodes) this.#rewriteNode(node);
    return { ...this.#graph, nodes: this.#nodes, constants: [...this.#constants.values()] };
  }

  #rewriteNode(node: OnnxNode): void {
    const [x] = node.inputs;
    const [y] = node.outputs;
    const given = this.#channels.get(x);
    if (node.op === 'Conv') this.#convolution(node);
    else if (node.op === 'Pad') this.#addChannels(node);
    else {
      if (given !== undefined) this.#channels.set(y, given);
      if (node.op === 'PRelu') this.#prelu(node);
      else this.#keep(node);
    }
  }

  #keep(node: OnnxNode): void {
    for (const input of node.inputs) {
      const constant = this.#given.get(input);
      if (constant) this.#constants.set(input, constant);
    }
    this.#nodes.push(node);
  }

  /** A convolution with as many channels as its input and output now have. */
  #convolution(node: OnnxNode): void {
    const [x, kernel, bias] = node.inputs;
    const [y] = node.outputs;
    const { dims, data } = this.#weights(kernel);
    const [outputs, inputs, height, width] = dims;
    const isDepthwise = Number(node.attributes?.group ?? 1) > 1;
    this.#channels.set(y, outputs);
    const wideOutputs = this.#width(y);
    const wideInputs = isDepthwise ? inputs : this.#width(x);
    const area = height * width;
    const wide = new Float32Array(wideOutputs * wideInputs * area);
    for (let o = 0; o < outputs; o++) {
      const row = data.subarray(o * inputs * area, (o + 1) * inputs * area);
      wide.set(row, o * wideInputs * area);
    }
    const parameters = [this.#constant(`${y}/kernel`, [wideOutputs, wideInputs, height, width], wide)];
    if (bias !== undefined) {
      const values = new Float32Array(wideOutputs);
      values.set(this.#weights(bias).data);
      parameters.push(this.#constant(`${y}/bias`, [wideOutputs], values));
    }
    this.#nodes.push({
      ...node,
      inputs: [x, ...parameters],
      attributes: { ...node.attributes, ...(isDepthwise && { group: wideOutputs }) },
    });
  }

  /** Zeros behind the channels that there are: a convolution with a unit matrix. */
  #addChannels({ inputs: [x, pads], outputs: [y] }: OnnxNode): void {
    const amounts = Array.from(this.#given.get(pads)?.data ?? [], Number);
    const added = amounts[5];
    if (amounts.some((amount, i) => amount !== 0 && i !== 5))
      throw new Error(`${y}: only channels are added`);
    const inputs = this.#channels.get(x) ?? 0;
    this.#channels.set(y, inputs + added);
    const [wideInputs, wideOutputs] = [this.#width(x), this.#width(y)];
    const unit = new Float32Array(wideOutputs * wideInputs);
    for (let c = 0; c < inputs; c++) unit[c * wideInputs + c] = 1;
    const kernel = this.#constant(`${y}/kernel`, [wideOutputs, wideInputs, 1, 1], unit);
    this.#nodes.push({ op: 'Conv', inputs: [x, kernel], outputs: [y] });
  }

  #prelu({ inputs: [x, slope], outputs: [y] }: OnnxNode): void {
    const slopes = new Float32Array(this.#width(y));
    slopes.set(this.#weights(slope).data);
    const rest = slopes.map((a) => 1 - a);
    const bent = `${y}/bent`;
    if (rest.every((factor) => factor >= 0)) {
      // A positive factor may go before the Relu, which onnxruntime then fuses into the convolution.
      this.#scale(x, rest, `${y}/rest`);
      this.#nodes.push({ op: 'Relu', inputs: [`${y}/rest`], outputs: [bent] });
    } else {
      this.#nodes.push({ op: 'Relu', inputs: [x], outputs: [`${y}/positive`] });
      this.#scale(`${y}/positive`, rest, bent);
    }
    this.#scale(x, slopes, `${y}/straight`);
    this.#nodes.push({ op: 'Add', inputs: [`${y}/straight`, bent], outputs: [y] });
  }

  /** Multiplies each channel by a number of its own. */
  #scale(x: string, factors: Float32Array, y: string): void {
    const kernel = this.#constant(`${y}/kernel`, [factors.length, 1, 1, 1], factors);
    this.#nodes.push({
      op: 'Conv',
      inputs: [x, kernel],
      outputs: [y],
      attributes: { group: factors.length },
    });
  }

  /** Channels of a value in the new graph. */
  #width(name: string): number {
    const channels = this.#channels.get(name) ?? 0;
    return this.#exact.has(name) ? channels : Math.ceil(channels / BLOCK) * BLOCK;
  }

  #weights(name: string): { dims: readonly number[]; data: Float32Array } {
    const constant = this.#given.get(name);
    if (!(constant?.data instanceof Float32Array)) throw new Error(`${name} is not a constant of floats`);
    return { dims: constant.dims, data: constant.data };
  }

  #constant(name: string, dims: readonly number[], data: Float32Array): string {
    this.#constants.set(name, { name, dims, data });
    return name;
  }
}

/** The graph's inputs, what is no input of a convolution in the end, and all that must have as many channels. */
function findExact({ nodes, inputs }: OnnxGraph): ReadonlySet<string> {
  const exact = new Set(inputs.map(({ name }) => name));
  for (const { op, inputs, outputs } of nodes) {
    if (op === 'Conv' || op === 'Pad' || CHANNELWISE.has(op)) continue;
    for (const name of [...inputs, ...outputs]) exact.add(name);
  }
  for (let before = -1; before < exact.size; ) {
    before = exact.size;
    for (const { op, inputs: values, outputs, attributes } of nodes) {
      const isDepthwise = op === 'Conv' && Number(attributes?.group ?? 1) > 1;
      if (!isDepthwise && !CHANNELWISE.has(op)) continue;
      const tied = op === 'Add' ? [...values, ...outputs] : [values[0], ...outputs];
      if (tied.some((name) => exact.has(name))) for (const name of tied) exact.add(name);
    }
  }
  return exact;
}
