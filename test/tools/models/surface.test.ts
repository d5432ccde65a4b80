import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import shipped from '../../../src/core/models/surface.json' with { type: 'json' };
import { SURFACE_INPUT } from '../../../src/core/models/surface-network.ts';
import { loadRuntime } from '../../../src/node/networks/runtime.ts';
import { surfaceModel } from '../../../tools/models/surface-model.ts';

const { InferenceSession, Tensor } = loadRuntime();

/** The product's download grows by this file. */
const MAX_BYTES = 300_000;

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

describe('the surface network', () => {
  test('answers as the training does', async () => {
    // What TensorFlow made of the same weights, written by the training.
    const expected: number[] = JSON.parse(await readFile(path('surface-reference.json'), 'utf8'));
    const size = SURFACE_INPUT;
    const input = Float32Array.from({ length: 3 * size * size }, (_, i) => {
      const [c, y, x] = [Math.floor(i / size ** 2), Math.floor(i / size) % size, i % size];
      return ((x * 7 + y * y * 3 + c * 29) % 256) / 255;
    });
    const session = await InferenceSession.create(surfaceModel(shipped));
    const { surface } = await session.run({ crop: new Tensor('float32', input, [1, 3, size, size]) });
    await session.release();
    const furthest = Math.max(...expected.map((share, i) => Math.abs(share - Number(surface.data[i]))));
    expect(surface.data.length).toBe(expected.length);
    expect(furthest).toBeLessThan(1e-3);
  });

  test('is small', async () => {
    expect((await stat(path('../../../src/core/models/surface.json'))).size).toBeLessThan(MAX_BYTES);
  });

  test('is refused with too few layers, or with one that does not fit', () => {
    expect(() => surfaceModel({ ...shipped, layers: shipped.layers.slice(1) })).toThrow('layer-0');
    expect(() => surfaceModel({ ...shipped, layers: shipped.layers.slice(0, -1) })).toThrow('too few');
    expect(() => surfaceModel({ ...shipped, layers: [...shipped.layers, shipped.layers[0]] })).toThrow(
      'layers',
    );
  });
});
