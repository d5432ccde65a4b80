import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTfjsGraph } from '../../../tools/models/tfjs-graph.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lpd-graph-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A graph of one weight of 16-bit floats, written as TensorFlow.js does, and read back. */
async function readHalves(halves: readonly number[], declared = halves.length) {
  const json = join(folder, 'model.json');
  const bin = join(folder, 'model.bin');
  const weight = {
    name: 'w',
    shape: [declared],
    dtype: 'float32',
    quantization: { dtype: 'float16' },
  };
  await writeFile(
    json,
    JSON.stringify({ modelTopology: { node: [] }, weightsManifest: [{ weights: [weight] }] }),
  );
  await writeFile(bin, new Uint8Array(Uint16Array.from(halves).buffer));
  const { weights } = await readTfjsGraph(pathToFileURL(json), pathToFileURL(bin));
  return [...(weights.get('w')?.data ?? [])];
}

test('16-bit floats are read as IEEE 754 has them: normal, least, greatest, subnormal and none at all', async () => {
  const halves = [
    0x3c00, 0xc000, 0x3555, 0x0400, 0x7bff, 0x0001, 0x83ff, 0x0000, 0x8000, 0x7c00, 0xfc00, 0x7e00,
  ];
  expect(await readHalves(halves)).toEqual([
    1,
    -2,
    0.333251953125,
    2 ** -14,
    65504,
    2 ** -24,
    -1023 * 2 ** -24,
    0,
    -0,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
  ]);
});

test('a weight that its file is too short for is told by name', async () => {
  await expect(readHalves([0x3c00], 2)).rejects.toThrow('weight w lies outside its file');
});
