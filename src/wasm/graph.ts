import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import { io, type Tensor } from '@tensorflow/tfjs-core';
import type { Run } from './tensor-network.ts';

/** A TensorFlow.js graph model as it lies in its two files. */
export interface GraphFiles {
  /** The parsed `.json` file. */
  readonly json: unknown;
  /** The `.bin` file. */
  readonly bin: ArrayBuffer;
}

/** What is read of a graph model's JSON file here. */
interface GraphJson {
  readonly modelTopology: { readonly node: readonly GraphNode[] };
  readonly weightsManifest: readonly { readonly weights: io.WeightsManifestEntry[] }[];
}

interface GraphNode {
  readonly op: string;
  readonly attr?: Record<string, unknown>;
}

/** A size that is left open. */
const OPEN = { size: '-1' };

/** Opens a graph model, for an input of any size: the convolutions do not care. */
export function openGraph({ json, bin }: GraphFiles): Promise<GraphModel> {
  const { modelTopology, weightsManifest } = json as GraphJson;
  const node = modelTopology.node.map((node) =>
    node.op === 'Placeholder'
      ? { ...node, attr: { ...node.attr, shape: { shape: { dim: [OPEN, OPEN, OPEN, { size: '3' }] } } } }
      : node,
  );
  return loadGraphModel(
    io.fromMemory({
      modelTopology: { ...modelTopology, node },
      weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
      weightData: bin,
    }),
  );
}

/**
 * What a graph model answers at some of its operations, by the names that are given to them.
 *
 * @param input the operation that the picture stands for; the graph's own input, if left out
 */
export function runGraph(model: GraphModel, nodes: Readonly<Record<string, string>>, input?: string): Run {
  const names = Object.keys(nodes);
  const wanted = Object.values(nodes);
  return (picture) => {
    const answered = model.execute(input === undefined ? picture : { [input]: picture }, wanted) as Tensor[];
    return Object.fromEntries(names.map((name, i) => [name, answered[i]]));
  };
}
