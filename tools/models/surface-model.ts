import {
  buildSurface,
  SURFACE_CELLS,
  SURFACE_CLASSES,
  SURFACE_INPUT,
  type SurfaceFile,
} from '../../src/core/models/surface-network.ts';
import { encodeOnnx, type OnnxNode, type OnnxTensor } from './onnx.ts';

/**
 * The surface network as an ONNX model: input `crop`, 1 x 3 x 96 x 96 from 0 to 1; output `surface`, 1 x 6 x 24 x 24, for each
 * cell the shares of the classes.
 *
 * @throws Error where the file has other layers than the network
 */
export function surfaceModel(file: SurfaceFile): Uint8Array {
  const nodes: OnnxNode[] = [];
  const constants: OnnxTensor[] = [];
  const push = (op: string, inputs: readonly string[], attributes?: OnnxNode['attributes']) => {
    const output = `${op}-${nodes.length}`;
    nodes.push({ op, inputs, outputs: [output], ...(attributes && { attributes }) });
    return output;
  };
  const constant = (name: string, dims: readonly number[], data: Float32Array) => {
    constants.push({ name, dims, data });
    return name;
  };

  const twice = constant('twice', [4], Float32Array.of(1, 1, 2, 2));
  const logits = buildSurface(file, 'crop', {
    convolve(value, { name, weights, biases, inputs, outputs, size, stride, isDepthwise }) {
      const kernel = constant(`${name}/weights`, [outputs, inputs, size, size], weights);
      return push('Conv', [value, kernel, constant(`${name}/biases`, [outputs], biases)], {
        auto_pad: 'SAME_UPPER',
        strides: [stride, stride],
        group: isDepthwise ? outputs : 1,
      });
    },
    rectify: (value) => push('Relu', [value]),
    doubleAndAdd(value, other) {
      const doubled = push('Resize', [value, '', twice], {
        mode: 'nearest',
        coordinate_transformation_mode: 'asymmetric',
        nearest_mode: 'floor',
      });
      return push('Add', [doubled, other]);
    },
  });
  nodes.push({ op: 'Softmax', inputs: [logits], outputs: ['surface'], attributes: { axis: 1 } });
  return encodeOnnx({
    name: 'surface',
    nodes,
    constants,
    inputs: [{ name: 'crop', dims: [1, 3, SURFACE_INPUT, SURFACE_INPUT] }],
    outputs: [{ name: 'surface', dims: [1, SURFACE_CLASSES.length, SURFACE_CELLS, SURFACE_CELLS] }],
  });
}
