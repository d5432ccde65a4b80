import { expect, it } from 'vitest';
import { OnnxNetwork } from '../../../src/node/networks/onnx-network.ts';
import { type InferenceSession, loadRuntime } from '../../../src/node/networks/runtime.ts';
import { encodeOnnx } from '../../../tools/models/onnx.ts';

const runtime = loadRuntime();

const SIZE = 4;

/** A session that gives the negative of its input, of which as many dimensions are known as are given. */
function negate(dims: readonly (number | string)[]): Promise<InferenceSession> {
  const model = encodeOnnx({
    name: 'negate',
    nodes: [{ op: 'Neg', inputs: ['x'], outputs: ['y'] }],
    constants: [],
    inputs: [{ name: 'x', dims }],
    outputs: [{ name: 'y', dims }],
  });
  return runtime.InferenceSession.create(model);
}

it('runs what is in its input, into the same buffer each time', async () => {
  const session = await negate([1, 3, SIZE, SIZE]);
  const network = new OnnxNetwork(session, SIZE);
  network.input.forEach((_, i) => {
    network.input[i] = i;
  });
  const { y } = await network.run();
  expect(y).toEqual(network.input.map((value) => -value));
  network.input.fill(2);
  const again = await network.run();
  expect(again.y).toBe(y);
  expect(new Set(y)).toEqual(new Set([-2]));
  const fresh = await session.run({ x: new runtime.Tensor('float32', network.input, [1, 3, SIZE, SIZE]) });
  expect(fresh.y.data).toEqual(y);
  await session.release();
});

it('refuses outputs whose size is not known beforehand', async () => {
  const session = await negate([1, 3, 'height', 'width']);
  expect(() => new OnnxNetwork(session, SIZE)).toThrow('the output y has no fixed size in floats');
  await session.release();
});
