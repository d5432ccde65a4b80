import {
  add,
  conv2d,
  depthwiseConv2d,
  image,
  relu,
  softmax,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tensor1d,
  tensor4d,
  transpose,
} from '@tensorflow/tfjs-core';
import { buildSurface, type SurfaceConvolution, type SurfaceFile } from '../core/models/surface-network.ts';
import type { Run } from './tensor-network.ts';

/** An operation on what those before it made; the first value is the picture. */
type Operation = (values: readonly Tensor4D[]) => Tensor4D;

/** A network that can be run, and the weights that it holds. */
export interface OpenedSurface {
  readonly run: Run;
  close(): void;
}

/**
 * The surface network in TensorFlow.js: `surface`, 1 x 24 x 24 x 6.
 *
 * @throws Error where the file has other layers than the network
 */
export function openSurface(file: SurfaceFile): OpenedSurface {
  const weights: Tensor[] = [];
  const operations: Operation[] = [];
  /** Values are told by their place in the order in which they come about. */
  const push = (operation: Operation) => operations.push(operation);
  const logits = buildSurface(file, 0, {
    convolve(value, convolution) {
      const { kernel, biases } = makeWeights(convolution);
      weights.push(kernel, biases);
      const { stride, isDepthwise } = convolution;
      const convolve = isDepthwise ? depthwiseConv2d : conv2d;
      return push((values) => add(convolve(values[value], kernel, stride, 'same'), biases));
    },
    rectify: (value) => push((values) => relu(values[value])),
    doubleAndAdd: (value, other) =>
      push((values) => {
        const [, height, width] = values[value].shape;
        return add(image.resizeNearestNeighbor(values[value], [2 * height, 2 * width]), values[other]);
      }),
  });
  return {
    run(picture) {
      const values = [picture];
      for (const operation of operations) values.push(operation(values));
      return { surface: softmax(values[logits]) };
    },
    close() {
      for (const tensor of weights) tensor.dispose();
    },
  };
}

/** TensorFlow wants the outputs of a kernel last. */
function makeWeights({ weights, biases, inputs, outputs, size, isDepthwise }: SurfaceConvolution): {
  readonly kernel: Tensor4D;
  readonly biases: Tensor1D;
} {
  const stored = tensor4d(weights, [outputs, inputs, size, size]);
  const kernel = transpose(stored, isDepthwise ? [2, 3, 0, 1] : [2, 3, 1, 0]);
  stored.dispose();
  return { kernel, biases: tensor1d(biases) };
}
