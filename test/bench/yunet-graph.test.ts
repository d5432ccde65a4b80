import { expect, test } from 'vitest';
import { makeYuNet } from '../../bench/peers/yunet-graph.ts';
import { loadRuntime } from '../../src/node/networks/runtime.ts';

const { InferenceSession, Tensor } = loadRuntime();

/** "75 856 parameters", say its authors (Machine Intelligence Research 20, 2023), two of them for each channel of a batch norm. */
const PUBLISHED = 75_856;
const NORMED = 16 + 16 + 16 + 64 + 4 * 2 * 64 + 3 * 64 + 3 * 64;

test('the YuNet that is made has as many weights as the published one, its batch norms folded', async () => {
  const { model, weights } = makeYuNet(320);
  expect(weights).toBe(PUBLISHED - 2 * NORMED);
  const session = await InferenceSession.create(model);
  const outputs = await session.run({
    input: new Tensor('float32', new Float32Array(3 * 320 * 320), [1, 3, 320, 320]),
  });
  expect(outputs.cls_8.dims).toEqual([1, 1600, 1]);
  expect(outputs.kps_32.dims).toEqual([1, 100, 10]);
  await session.release();
});
