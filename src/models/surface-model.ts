import type { SurfaceClass } from '../inspection.ts';
import { type LayerFile, unpackLayer } from './layer.ts';
import { encodeOnnx, type OnnxNode, type OnnxTensor } from './onnx.ts';

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

/**
 * The network as an ONNX model: input `crop`, 1 x 3 x 96 x 96 from 0 to 1; output `surface`, 1 x 6 x 24 x 24, for each
 * cell the shares of the classes.
 *
 * @throws Error where the file has other layers than the network
 */
export function surfaceModel({ layers }: SurfaceFile): Uint8Array {
  const nodes: OnnxNode[] = [];
  const constants: OnnxTensor[] = [];
  const kept = new Map<string, string>();
  let next = 0;
  let channels = 3;
  let value = 'crop';

  const push = (op: string, inputs: readonly string[], attributes?: OnnxNode['attributes']) => {
    value = `${op}-${nodes.length}`;
    nodes.push({ op, inputs, outputs: [value], ...(attributes && { attributes }) });
  };
  const constant = (name: string, dims: readonly number[], data: Float32Array) => {
    constants.push({ name, dims, data });
    return name;
  };
  const convolve = (size: number, stride: number, isDepthwise: boolean) => {
    const name = `layer-${next}`;
    const file = layers[next++];
    if (!file) throw new Error(`the surface network's file has ${layers.length} layers, too few`);
    const { rows, columns, weights, biases } = unpackLayer(name, file);
    const inputs = isDepthwise ? 1 : channels;
    if (columns !== inputs * size * size || (isDepthwise && rows !== channels))
      throw new Error(`the surface network's ${name} has ${rows} rows of ${columns}`);
    const kernel = constant(`${name}/weights`, [rows, inputs, size, size], weights);
    push('Conv', [value, kernel, constant(`${name}/biases`, [rows], biases)], {
      auto_pad: 'SAME_UPPER',
      strides: [stride, stride],
      group: isDepthwise ? channels : 1,
    });
    channels = rows;
  };

  const twice = constant('twice', [4], Float32Array.of(1, 1, 2, 2));
  for (const step of STEPS) {
    if (step.op === 'keep') kept.set(step.as, value);
    else if (step.op === 'up') {
      push('Resize', [value, '', twice], {
        mode: 'nearest',
        coordinate_transformation_mode: 'asymmetric',
        nearest_mode: 'floor',
      });
      push('Add', [value, kept.get(step.add)!]);
    } else if (step.op === 'separable') {
      convolve(3, step.stride ?? 1, true);
      convolve(1, 1, false);
      push('Relu', [value]);
    } else {
      convolve(step.size, step.stride ?? 1, false);
      if (step.relu) push('Relu', [value]);
    }
  }
  if (next !== layers.length || channels !== SURFACE_CLASSES.length)
    throw new Error(`the surface network's file has ${layers.length} layers that end in ${channels} classes`);
  nodes.push({ op: 'Softmax', inputs: [value], outputs: ['surface'], attributes: { axis: 1 } });
  return encodeOnnx({
    name: 'surface',
    nodes,
    constants,
    inputs: [{ name: 'crop', dims: [1, 3, SURFACE_INPUT, SURFACE_INPUT] }],
    outputs: [{ name: 'surface', dims: [1, SURFACE_CLASSES.length, SURFACE_CELLS, SURFACE_CELLS] }],
  });
}
