import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadRuntime } from '../../../src/node/networks/runtime.ts';
import { readShippedGraph, translateDetector, translateMesh } from '../../../tools/models/models.ts';
import type { TfjsGraph } from '../../../tools/models/tfjs-graph.ts';
import { translate } from '../../../tools/models/translate.ts';
import { loadOriginal } from './original.ts';

const { InferenceSession, Tensor } = loadRuntime();

const TOLERANCE = 1e-3;

/** Pseudo-random numbers from 0 to 1, the same ones each time (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A size x size x 3 picture in 0 to 1: a disc with two dark spots and a bar, a face to a child. */
function drawn(size: number): Float32Array {
  const pixels = new Float32Array(size * size * 3).fill(0.9);
  const ellipse = (cx: number, cy: number, rx: number, ry: number, rgb: readonly number[]) => {
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        if (((x / size - cx) / rx) ** 2 + ((y / size - cy) / ry) ** 2 <= 1)
          pixels.set(rgb, (y * size + x) * 3);
      }
    }
  };
  ellipse(0.5, 0.5, 0.3, 0.4, [0.85, 0.65, 0.55]);
  ellipse(0.38, 0.42, 0.06, 0.03, [0.2, 0.15, 0.1]);
  ellipse(0.62, 0.42, 0.06, 0.03, [0.2, 0.15, 0.1]);
  ellipse(0.5, 0.7, 0.1, 0.03, [0.6, 0.2, 0.2]);
  return pixels;
}

function noise(size: number, seed: number): Float32Array {
  return Float32Array.from({ length: size * size * 3 }, random(seed));
}

function toNchw(nhwc: Float32Array, size: number): Float32Array {
  const out = new Float32Array(nhwc.length);
  for (let at = 0; at < nhwc.length; at++) out[(at % 3) * size * size + Math.floor(at / 3)] = nhwc[at] ?? 0;
  return out;
}

async function runTranslated(model: Uint8Array, input: Float32Array, size: number) {
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1 });
  const feeds = {
    [session.inputNames[0] ?? '']: new Tensor('float32', toNchw(input, size), [1, 3, size, size]),
  };
  const outputs = await session.run(feeds);
  await session.release();
  return outputs;
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs((a[i] ?? 0) - (b[i] ?? 0)));
  return largest;
}

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe.each([
  ['drawn', drawn],
  ['random', (size: number) => noise(size, 7)],
] as const)('on a %s picture the translation agrees with TensorFlow.js', (_, picture) => {
  test('BlazeFace', async () => {
    const size = 256;
    const input = picture(size).map((value) => value * 2 - 1);
    const original = await loadOriginal('blazeface');
    const names = ['Identity', 'Identity_1', 'Identity_2', 'Identity_3'];
    const expected = original.execute(tf.tensor(input, [1, size, size, 3]), names) as tf.Tensor[];
    const graph = await readShippedGraph('blazeface');
    const actual = await runTranslated(translateDetector(graph, size), input, size);
    for (const [i, name] of ['scores16', 'scores32', 'boxes16', 'boxes32'].entries()) {
      const tensor = actual[name];
      expect(tensor?.dims, name).toEqual(expected[i]?.shape);
      expect(
        largestDifference(tensor?.data as Float32Array, expected[i]?.dataSync() ?? []),
        name,
      ).toBeLessThan(TOLERANCE);
    }
  });

  test('FaceMesh', async () => {
    const size = 192;
    const input = picture(size);
    const original = await loadOriginal('facemesh');
    const names = ['Identity_2', 'Identity_1', 'StatefulPartitionedCall/model_1/p_re_lu_15/Relu'];
    const expected = original.execute(tf.tensor(input, [1, size, size, 3]), names) as tf.Tensor[];
    const actual = await runTranslated(translateMesh(await readShippedGraph('facemesh')), input, size);
    const features = tf.transpose(expected[2] as tf.Tensor, [0, 3, 1, 2]);
    for (const [name, tensor] of [
      ['mesh', expected[0]],
      ['flag', expected[1]],
      ['features', features],
    ] as const) {
      expect(
        largestDifference(actual[name]?.data as Float32Array, tensor?.dataSync() ?? []),
        name,
      ).toBeLessThan(TOLERANCE);
    }
  });
});

test('the detector takes other input sizes, with as many anchors as the grids have cells', async () => {
  const graph = await readShippedGraph('blazeface');
  const outputs = await runTranslated(translateDetector(graph, 128), noise(128, 3), 128);
  expect(outputs.scores16?.dims).toEqual([1, 128, 1]);
  expect(outputs.boxes32?.dims).toEqual([1, 96, 16]);
});

describe('a graph that is not understood is refused, not mistranslated', () => {
  const outputs = [{ node: 'out', name: 'out', dims: [1] }];
  const graph = (op: string, attr: TfjsGraph['nodes'][number]['attr'] = {}): TfjsGraph => ({
    nodes: [
      { name: 'x', op: 'Placeholder', inputs: [], attr: {} },
      { name: 'out', op, inputs: ['x'], attr },
    ],
    weights: new Map(),
  });
  test('an unknown operation', () => {
    expect(() => translate(graph('Softmax'), { name: 't', inputSize: 32, outputs })).toThrow(
      'operation Softmax is not supported',
    );
  });
  test('an unknown padding', () => {
    const attr = { padding: { s: Buffer.from('EXPLICIT').toString('base64') } };
    expect(() => translate(graph('MaxPool', attr), { name: 't', inputSize: 32, outputs })).toThrow(
      'unknown padding EXPLICIT',
    );
  });
});
