import type { ForestFile } from '../../../src/core/models/forest.ts';

const LEAF = 255;

const text = (array: Uint8Array | Float32Array) => Buffer.from(array.buffer).toString('base64');

/** A forest of leaves: it says the same whatever it reads. */
export function constantForest(
  outputs: readonly string[],
  values: readonly number[],
  inputs: number,
): ForestFile {
  return {
    outputs,
    baseline: values.map(() => 0),
    inputs,
    sizes: text(Uint8Array.from(values, () => 1)),
    looks: text(Uint8Array.from(values, () => LEAF)),
    values: text(Float32Array.from(values)),
    rights: text(Uint8Array.from(values, () => 0)),
  };
}

/** A forest of one tree that looks at one number. */
export function stump(
  output: string,
  { input, limit, below, above }: { input: number; limit: number; below: number; above: number },
  inputs: number,
): ForestFile {
  return {
    outputs: [output],
    baseline: [0],
    inputs,
    sizes: text(Uint8Array.of(3)),
    looks: text(Uint8Array.of(input, LEAF, LEAF)),
    values: text(Float32Array.of(limit, below, above)),
    rights: text(Uint8Array.of(2, 0, 0)),
  };
}
