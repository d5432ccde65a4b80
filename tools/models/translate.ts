import { toBlockedLayout } from './blocked.ts';
import { Constants } from './constants.ts';
import { encodeOnnx, type OnnxNode } from './onnx.ts';
import type { TfjsGraph, TfjsNode } from './tfjs-graph.ts';

/** An output of the translated model. */
export interface WantedOutput {
  /** The TensorFlow node whose value it is. */
  readonly node: string;
  /** Its name in the ONNX model. */
  readonly name: string;
  /** Its dimensions in the ONNX model. */
  readonly dims: readonly number[];
}

/** What to make of a graph. */
export interface TranslateOptions {
  readonly name: string;
  /** Edge of the square input, in pixels. It may differ from the original's: the convolutions do not care. */
  readonly inputSize: number;
  /** The operation whose value the caller gives as the input; the graph's own input if left out. */
  readonly input?: string;
  /** Only what these need is translated; all else is left out. */
  readonly outputs: readonly WantedOutput[];
}

/**
 * Translates a TensorFlow.js graph model (NHWC) into an ONNX model (NCHW) whose one input, under the name that
 * the graph gives it, is 1 x 3 x inputSize x inputSize. `Reshape` gets one transpose before it, so that its
 * rows keep their order. The result is laid out for speed (`blocked.ts`).
 *
 * @returns the serialised model
 * @throws Error when the graph uses an operation or a setting that is not known here
 */
export function translate(graph: TfjsGraph, options: TranslateOptions): Uint8Array {
  const translator = new Translator(graph, options.input);
  for (const output of options.outputs) translator.require(output.node);
  const rename = options.outputs.map(
    (output): OnnxNode => ({ op: 'Identity', inputs: [output.node], outputs: [output.name] }),
  );
  const translated = toBlockedLayout({
    name: options.name,
    nodes: [...translator.nodes, ...rename],
    constants: translator.constants.all,
    inputs: [{ name: translator.inputName, dims: [1, 3, options.inputSize, options.inputSize] }],
    outputs: options.outputs.map(({ name, dims }) => ({ name, dims })),
  });
  return encodeOnnx(translated);
}

/** Walks from the wanted outputs back to the input and emits each operation once, in order. */
class Translator {
  readonly nodes: OnnxNode[] = [];
  readonly constants: Constants;
  inputName = '';
  readonly #byName: ReadonlyMap<string, TfjsNode>;
  readonly #done = new Set<string>();
  readonly #input: string | undefined;

  constructor(graph: TfjsGraph, input: string | undefined) {
    this.#input = input;
    this.#byName = new Map(graph.nodes.map((node) => [node.name, node]));
    this.constants = new Constants(graph.weights);
  }

  /** Emits the named operation after all that it reads. */
  require(name: string): void {
    if (this.#done.has(name)) return;
    this.#done.add(name);
    const node = this.#byName.get(name);
    if (!node) throw new Error(`the graph has no operation ${name}`);
    if (name === this.#input) {
      this.inputName = name;
      return;
    }
    for (const input of node.inputs) if (!this.constants.has(input)) this.require(input);
    this.#emit(node);
  }

  #emit(node: TfjsNode): void {
    const [x = '', second = ''] = node.inputs;
    switch (node.op) {
      case 'Placeholder':
        this.inputName = node.name;
        break;
      case '_FusedConv2D':
        this.#convolution(node);
        break;
      case 'DepthwiseConv2dNative':
      case 'FusedDepthwiseConv2dNative':
        this.#depthwise(node);
        break;
      case 'Mul':
        // Of one channel, whose order of values is the same in both layouts.
        this.#push('Mul', [x, this.constants.plane(second)], node.name);
        break;
      case 'ResizeBilinear':
        this.#double(node, x);
        break;
      case 'AddV2':
        this.#push('Add', [x, second], node.name);
        break;
      case 'Relu':
      case 'Sigmoid':
      case 'Identity':
        this.#push(node.op, [x], node.name);
        break;
      case 'Prelu':
        this.#push('PRelu', [x, this.constants.channelConstant(second)], node.name);
        break;
      case 'MaxPool':
        this.#push('MaxPool', [x], node.name, {
          ...spatial(node),
          kernel_shape: integers(node, 'ksize').slice(1, 3),
        });
        break;
      case 'Pad':
        this.#push('Pad', [x, this.constants.paddings(second)], node.name);
        break;
      case 'Reshape':
        this.#reshape(node, x, second);
        break;
      default:
        throw new Error(`operation ${node.op} is not supported`);
    }
  }

  /** A convolution with the operations that TensorFlow.js fused into it: a bias, then Relu, Relu6 or PReLU. */
  #convolution(node: TfjsNode): void {
    const [x = '', kernel = '', bias = '', alpha = ''] = node.inputs;
    const [fusedBias, activation, ...rest] = strings(node, 'fused_ops');
    if (fusedBias !== 'BiasAdd' || rest.length > 0) throw new Error(`${node.name}: unknown fusion`);
    const sum = activation ? `${node.name}/sum` : node.name;
    this.#push('Conv', [x, this.constants.kernel(kernel), this.constants.vector(bias)], sum, spatial(node));
    this.#activate(node, activation, sum, alpha);
  }

  /** The same, a channel at a time; a plain one has nothing fused. */
  #depthwise(node: TfjsNode): void {
    const [x = '', kernel = '', bias] = node.inputs;
    const [fusedBias, activation, ...rest] = strings(node, 'fused_ops');
    if ((fusedBias ?? 'BiasAdd') !== 'BiasAdd' || rest.length > 0)
      throw new Error(`${node.name}: unknown fusion`);
    const parameters = [
      this.constants.depthwiseKernel(kernel),
      ...(fusedBias && bias ? [this.constants.vector(bias)] : []),
    ];
    const sum = activation ? `${node.name}/sum` : node.name;
    this.#push('Conv', [x, ...parameters], sum, {
      ...spatial(node),
      group: this.constants.weight(kernel).shape[2] ?? 1,
    });
    this.#activate(node, activation, sum);
  }

  #activate(node: TfjsNode, activation: string | undefined, sum: string, alpha = ''): void {
    if (activation === 'Relu') this.#push('Relu', [sum], node.name);
    else if (activation === 'Relu6') {
      const bounds = [0, 6].map((value) => this.constants.float(`clip/${value}`, [], Float32Array.of(value)));
      this.#push('Clip', [sum, ...bounds], node.name);
    } else if (activation === 'Prelu')
      this.#push('PRelu', [sum, this.constants.channelConstant(alpha)], node.name);
    else if (activation) throw new Error(`${node.name}: unknown activation ${activation}`);
  }

  /** Twice as large both ways, as the graphs here do it. */
  #double(node: TfjsNode, x: string): void {
    if (!node.attr.half_pixel_centers?.b || node.attr.align_corners?.b)
      throw new Error(`${node.name}: unknown way of resizing`);
    const scales = this.constants.float('resize/scales', [4], Float32Array.of(1, 1, 2, 2));
    const how = { mode: 'linear', coordinate_transformation_mode: 'half_pixel' };
    this.#push('Resize', [x, '', scales], node.name, how);
  }

  /** Rows must come out in TensorFlow's order (y, x, channel), so the channels are moved last first. */
  #reshape(node: TfjsNode, x: string, shape: string): void {
    const nhwc = `${node.name}/nhwc`;
    this.#push('Transpose', [x], nhwc, { perm: [0, 2, 3, 1] });
    // The count of rows is left open, because it depends on the input's size.
    const target = Array.from(this.constants.weight(shape).data, Number);
    if (target.length === 3) target[1] = -1;
    target[0] = 1;
    this.#push('Reshape', [nhwc, this.constants.int64(`${node.name}/shape`, target)], node.name);
  }

  #push(
    op: string,
    inputs: readonly string[],
    output: string,
    attributes?: Readonly<Record<string, string | number | readonly number[]>>,
  ): void {
    this.nodes.push({ op, inputs, outputs: [output], ...(attributes && { attributes }) });
  }
}

/** Strides and padding of a convolution or a pooling. */
function spatial(node: TfjsNode): { strides: readonly number[]; auto_pad: string } {
  const padding = decode(node.attr.padding?.s);
  if (padding !== 'SAME' && padding !== 'VALID') throw new Error(`${node.name}: unknown padding ${padding}`);
  return {
    strides: integers(node, 'strides').slice(1, 3),
    auto_pad: padding === 'SAME' ? 'SAME_UPPER' : 'VALID',
  };
}

function integers(node: TfjsNode, attribute: string): number[] {
  return (node.attr[attribute]?.list?.i ?? []).map(Number);
}

function strings(node: TfjsNode, attribute: string): string[] {
  return (node.attr[attribute]?.list?.s ?? []).map(decode);
}

function decode(base64 = ''): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}
