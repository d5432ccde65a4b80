import type { SurfaceClass } from '../inspection.ts';
import { type LayerFile, unpackLayer } from './layer.ts';

/** Edge of the surface network's square input, in pixels. */
export const SURFACE_INPUT = 96;

/** Cells an edge of what it answers. */
export const SURFACE_CELLS = 24;

/** What can be at a place of a face's picture, in the order of the network's output. */
export const SURFACE_CLASSES = [
  'background',
  'hair',
  'skin',
  'face',
  'cloth',
  'object',
] as const satisfies readonly SurfaceClass[];

/** The trained surface network, as `tools/train` writes it. */
export interface SurfaceFile {
  readonly version: string;
  readonly provenance: string;
  /** Its convolutions, in the order in which they run: rows of outputs, columns of inputs x height x width. */
  readonly layers: readonly LayerFile[];
}

/** One step of the network: a convolution, or what goes on between two. */
type Step =
  | { readonly op: 'full'; readonly size: 1 | 3; readonly stride?: 2; readonly relu: boolean }
  /** Each channel by itself with 3 x 3, then all of them with 1 x 1, then a rectifier. */
  | { readonly op: 'separable'; readonly stride?: 2 }
  /** Keeps what is there under a name … */
  | { readonly op: 'keep'; readonly as: string }
  /** … doubles the cells, and adds what was kept. */
  | { readonly op: 'up'; readonly add: string };

/** The network, from 3 x 96 x 96 to 6 x 24 x 24; `student.py` teaches the same. */
const STEPS: readonly Step[] = [
  { op: 'full', size: 3, stride: 2, relu: true },
  { op: 'separable' },
  { op: 'separable', stride: 2 },
  { op: 'separable' },
  { op: 'keep', as: 'quarter' },
  { op: 'separable', stride: 2 },
  { op: 'separable' },
  { op: 'keep', as: 'eighth' },
  { op: 'separable', stride: 2 },
  { op: 'separable' },
  { op: 'separable' },
  { op: 'full', size: 1, relu: false },
  { op: 'up', add: 'eighth' },
  { op: 'separable' },
  { op: 'full', size: 1, relu: false },
  { op: 'up', add: 'quarter' },
  { op: 'separable' },
  { op: 'full', size: 1, relu: false },
];

/** A convolution of the network. Where its sides are not covered the picture is filled up with zeros, more behind than before. */
export interface SurfaceConvolution {
  readonly name: string;
  /** Outputs x inputs of a group x size x size. */
  readonly weights: Float32Array;
  /** One for each output. */
  readonly biases: Float32Array;
  readonly inputs: number;
  readonly outputs: number;
  readonly size: number;
  readonly stride: number;
  /** Whether each channel has a kernel of its own and reads none of the others. */
  readonly isDepthwise: boolean;
}

/** Who puts the network together, from operations on values of its own kind. */
export interface SurfaceBuilder<Value> {
  convolve(value: Value, convolution: SurfaceConvolution): Value;
  rectify(value: Value): Value;
  /** Doubles the cells each way, by repeating them, and adds a value of that size. */
  doubleAndAdd(value: Value, other: Value): Value;
}

/**
 * Puts the network together: from its input, a picture with values from 0 to 1, to the logits of the classes for each cell.
 *
 * @throws Error where the file has other layers than the network
 */
export function buildSurface<Value>(
  { layers }: SurfaceFile,
  input: Value,
  builder: SurfaceBuilder<Value>,
): Value {
  const kept = new Map<string, Value>();
  let next = 0;
  let channels = 3;
  let value = input;
  const convolve = (size: number, stride: number, isDepthwise: boolean) => {
    const name = `layer-${next}`;
    const file = layers[next++];
    if (!file) throw new Error(`the surface network's file has ${layers.length} layers, too few`);
    const { rows: outputs, columns, weights, biases } = unpackLayer(name, file);
    const inputs = isDepthwise ? 1 : channels;
    if (columns !== inputs * size * size || (isDepthwise && outputs !== channels))
      throw new Error(`the surface network's ${name} has ${outputs} rows of ${columns}`);
    channels = outputs;
    value = builder.convolve(value, { name, weights, biases, inputs, outputs, size, stride, isDepthwise });
  };
  for (const step of STEPS) {
    if (step.op === 'keep') kept.set(step.as, value);
    else if (step.op === 'up') value = builder.doubleAndAdd(value, kept.get(step.add)!);
    else if (step.op === 'separable') {
      convolve(3, step.stride ?? 1, true);
      convolve(1, 1, false);
      value = builder.rectify(value);
    } else {
      convolve(step.size, step.stride ?? 1, false);
      if (step.relu) value = builder.rectify(value);
    }
  }
  if (next !== layers.length || channels !== SURFACE_CLASSES.length)
    throw new Error(`the surface network's file has ${layers.length} layers that end in ${channels} classes`);
  return value;
}
