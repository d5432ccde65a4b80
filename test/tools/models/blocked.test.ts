import { describe, expect, it } from 'vitest';
import { loadRuntime } from '../../../src/node/networks/runtime.ts';
import { toBlockedLayout } from '../../../tools/models/blocked.ts';
import { encodeOnnx, type OnnxGraph, type OnnxNode, type OnnxTensor } from '../../../tools/models/onnx.ts';

const { InferenceSession, Tensor } = loadRuntime();

const SIZE = 16;

/** Numbers from -1 to 1, the same ones each time. */
function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin((i + 1) * 12.9898 * seed));
}

const floats = (name: string, dims: readonly number[], data?: Float32Array): OnnxTensor => ({
  name,
  dims,
  data:
    data ??
    numbers(
      dims.reduce((a, b) => a * b, 1),
      name.length + name.charCodeAt(0),
    ),
});
const node = (
  op: string,
  inputs: string[],
  output: string,
  attributes?: OnnxNode['attributes'],
): OnnxNode => ({
  op,
  inputs,
  outputs: [output],
  ...(attributes && { attributes }),
});
const padding = (...amounts: number[]): OnnxTensor => ({
  name: 'pads',
  dims: [8],
  data: BigInt64Array.from(amounts, BigInt),
});

/** A network with everything that the two models have: 3 to 24 channels, a residual, then to 40, then rows. */
function network(slopes: Float32Array): OnnxGraph {
  return {
    name: 'test',
    nodes: [
      node('Conv', ['x', 'k1', 'b1'], 'stem', { strides: [1, 1], auto_pad: 'SAME_UPPER' }),
      node('PRelu', ['stem', 'slopes'], 'bent'),
      node('Conv', ['bent', 'k2'], 'depthwise', { group: 24, auto_pad: 'SAME_UPPER' }),
      node('Conv', ['depthwise', 'k3', 'b3'], 'pointwise'),
      node('Add', ['pointwise', 'bent'], 'sum'),
      node('Relu', ['sum'], 'block'),
      node('MaxPool', ['block'], 'pooled', { kernel_shape: [2, 2], strides: [2, 2] }),
      node('Pad', ['pooled', 'pads'], 'padded'),
      node('Conv', ['padded', 'k4', 'b4'], 'last'),
      node('Transpose', ['last'], 'nhwc', { perm: [0, 2, 3, 1] }),
      node('Reshape', ['nhwc', 'shape'], 'rows'),
      node('Identity', ['padded'], 'features'),
    ],
    constants: [
      floats('k1', [24, 3, 3, 3]),
      floats('b1', [24]),
      floats('slopes', [24, 1, 1], slopes),
      floats('k2', [24, 1, 3, 3]),
      floats('k3', [24, 24, 1, 1]),
      floats('b3', [24]),
      padding(0, 0, 0, 0, 0, 16, 0, 0),
      floats('k4', [6, 40, 1, 1]),
      floats('b4', [6]),
      { name: 'shape', dims: [2], data: BigInt64Array.from([-1n, 3n]) },
    ],
    inputs: [{ name: 'x', dims: [1, 3, SIZE, SIZE] }],
    outputs: [
      { name: 'rows', dims: [128, 3] },
      { name: 'features', dims: [1, 40, 8, 8] },
    ],
  };
}

async function run(graph: OnnxGraph): Promise<Float32Array[]> {
  // Nothing is optimised, so that the graph itself is what is compared.
  const session = await InferenceSession.create(encodeOnnx(graph), { graphOptimizationLevel: 'disabled' });
  const x = new Tensor('float32', numbers(3 * SIZE * SIZE, 5), [1, 3, SIZE, SIZE]);
  const outputs = await session.run({ x });
  await session.release();
  return graph.outputs.map(({ name }) => outputs[name].data as Float32Array);
}

describe('toBlockedLayout', () => {
  it.each([
    ['slopes of at most 1', numbers(24, 3)],
    ['slopes of more than 1', numbers(24, 3).map((slope) => slope * 2)],
  ])('changes nothing that a network says, with %s', async (_, slopes) => {
    const expected = await run(network(slopes));
    const actual = await run(toBlockedLayout(network(slopes)));
    for (const [i, values] of actual.entries()) {
      expect(values.length).toBe(expected[i].length);
      const scale = Math.max(...expected[i].map(Math.abs));
      expect(scale).toBeGreaterThan(1);
      for (const [at, value] of values.entries())
        expect(Math.abs(value - expected[i][at])).toBeLessThan(1e-5 * scale);
    }
  });

  it('leaves only operations that have blocked kernels before the rows', () => {
    const { nodes } = toBlockedLayout(network(numbers(24, 3)));
    const kinds = new Set(nodes.map(({ op }) => op));
    expect(kinds).toEqual(new Set(['Conv', 'Relu', 'Add', 'MaxPool', 'Transpose', 'Reshape', 'Identity']));
  });

  it('fills the blocks of inner tensors, and keeps the channels of what others read', () => {
    const { nodes, constants } = toBlockedLayout(network(numbers(24, 3)));
    const channels = (name: string) => {
      const kernel = nodes.find(({ outputs }) => outputs[0] === name)?.inputs[1];
      return constants.find((constant) => constant.name === kernel)?.dims.slice(0, 2);
    };
    expect(channels('stem')).toEqual([32, 3]);
    expect(channels('depthwise')).toEqual([32, 1]);
    expect(channels('pointwise')).toEqual([32, 32]);
    expect(channels('padded')).toEqual([40, 32]);
    expect(channels('last')).toEqual([6, 40]);
  });

  it('leaves no constant behind that nothing reads', () => {
    const { nodes, constants } = toBlockedLayout(network(numbers(24, 3)));
    const read = new Set(nodes.flatMap(({ inputs }) => inputs));
    expect(constants.filter(({ name }) => !read.has(name))).toEqual([]);
  });

  it('refuses to pad anything but channels', () => {
    const graph = network(numbers(24, 3));
    const constants = [
      ...graph.constants.filter(({ name }) => name !== 'pads'),
      padding(0, 0, 1, 1, 0, 16, 1, 1),
    ];
    expect(() => toBlockedLayout({ ...graph, constants })).toThrow('padded: only channels are added');
  });
});
