import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Network, Networks } from '../../src/core/face/networks.ts';
import { openOnnxNetworks as openNative } from '../../src/node/networks/onnx-networks.ts';
import { openWasmNetworks } from './open.ts';

/** How far outputs of a network may be apart in units of their own spread, which is 1 or so for most. */
const TOLERANCE = 1e-3;

let native: Networks;
let wasm: Networks;

beforeAll(async () => {
  native = await openNative();
  wasm = await openWasmNetworks();
});

afterAll(async () => {
  await native.close();
  await wasm.close();
});

/** Waves of light and dark, different in each channel. */
function draw({ input, size }: Network, low: number): void {
  input.forEach((_, i) => {
    const [channel, y, x] = [Math.floor(i / size ** 2), Math.floor(i / size) % size, i % size];
    input[i] = low + ((1 - low) * (2 + Math.sin((x * (channel + 2)) / 17) + Math.cos((y * 3) / 29))) / 4;
  });
}

/** What the networks are given: from -1 to 1, or from 0. */
const LOW = { glance: -1, detector: -1, mesh: 0, surface: 0, body: -1 } as const;

async function take(networks: Networks, name: keyof typeof LOW): Promise<Network> {
  return name === 'body' ? await networks.body() : networks[name];
}

describe.each(Object.keys(LOW) as (keyof typeof LOW)[])('%s', (name) => {
  test('answers as onnxruntime does, in the same order', async () => {
    const [theirs, ours] = [await take(native, name), await take(wasm, name)];
    draw(theirs, LOW[name]);
    draw(ours, LOW[name]);
    const expected = await theirs.run();
    const outputs = await ours.run();
    expect(Object.keys(outputs).sort()).toEqual(Object.keys(expected).sort());
    for (const [output, values] of Object.entries(expected)) {
      const spread = Math.max(1, ...values.map(Math.abs));
      expect(outputs[output].length).toBe(values.length);
      const furthest = values.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - outputs[output][i])),
        0,
      );
      expect(furthest / spread, output).toBeLessThan(TOLERANCE);
    }
  });

  test('leaves no tensor behind', async () => {
    const network = await take(wasm, name);
    await network.run();
    const before = memory().numTensors;
    await network.run();
    expect(memory().numTensors).toBe(before);
  });
});
