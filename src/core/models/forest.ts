/** Boosted trees: as `tools/train` writes them, and how they are run. */

import { bytesOfBase64, floatsOfBase64 } from '../base64.ts';

/** A trained forest. Its nodes lie in the order in which a walk that goes left first meets them. */
export interface ForestFile {
  /** What its outputs are called. */
  readonly outputs: readonly string[];
  /** What each output is before any tree has spoken. */
  readonly baseline: readonly number[];
  /** How many numbers it reads. */
  readonly inputs: number;
  /** Nodes of each tree, base64 of 8-bit numbers; the trees of a round stand together, one for each output. */
  readonly sizes: string;
  /** For each node the number that it looks at, {@link LEAF} for a leaf: base64 of 8-bit numbers. */
  readonly looks: string;
  /** A node's limit, up to which it is left that it goes to, or a leaf's value: base64 of 32-bit floats. */
  readonly values: string;
  /** How many nodes on its right child is; the left one is next: base64 of 8-bit numbers. */
  readonly rights: string;
}

/** Marks a leaf. */
const LEAF = 255;

/** Boosted trees, ready to be run: each output is the sum of a leaf of each of its trees. Pure; one instance serves everyone. */
export class Forest {
  readonly outputs: readonly string[];
  readonly inputs: number;
  readonly #baseline: readonly number[];
  readonly #roots: Uint32Array;
  readonly #looks: Uint8Array;
  readonly #values: Float32Array;
  readonly #rights: Uint8Array;

  /** @throws Error where its parts do not fit each other */
  constructor({ outputs, baseline, inputs, sizes, looks, values, rights }: ForestFile) {
    this.outputs = outputs;
    this.inputs = inputs;
    this.#baseline = baseline;
    this.#looks = bytesOfBase64(looks);
    this.#rights = bytesOfBase64(rights);
    this.#values = floatsOfBase64(values);
    const trees = bytesOfBase64(sizes);
    this.#roots = new Uint32Array(trees.length);
    let nodes = 0;
    trees.forEach((size, tree) => {
      this.#roots[tree] = nodes;
      nodes += size;
    });
    const counts = [this.#looks.length, this.#rights.length, this.#values.length];
    if (counts.some((count) => count !== nodes) || trees.length % outputs.length !== 0)
      throw new Error(
        `a forest of ${trees.length} trees and ${nodes} nodes has ${counts.join(', ')} of its parts`,
      );
    if (baseline.length !== outputs.length || !this.#isClosed(nodes))
      throw new Error('a forest leads out of itself');
  }

  /**
   * Its outputs, in the order of their names.
   *
   * @throws RangeError when there are not as many numbers as it was trained on
   */
  run(numbers: Float32Array): number[] {
    if (numbers.length !== this.inputs)
      throw new RangeError(`${numbers.length} numbers were given; the forest reads ${this.inputs}`);
    const sums = [...this.#baseline];
    const roots = this.#roots;
    const looks = this.#looks;
    const values = this.#values;
    const rights = this.#rights;
    for (let tree = 0; tree < roots.length; tree++) {
      let node = roots[tree];
      while (looks[node] !== LEAF) node += numbers[looks[node]] <= values[node] ? 1 : rights[node];
      sums[tree % sums.length] += values[node];
    }
    return sums;
  }

  /** Whether every way through a tree ends at a leaf: both children of a node come after it, within the forest. */
  #isClosed(nodes: number): boolean {
    return this.#looks.every(
      (look, node) =>
        look === LEAF || (look < this.inputs && this.#rights[node] > 1 && node + this.#rights[node] < nodes),
    );
  }
}
