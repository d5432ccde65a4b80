/** The graphs as TensorFlow.js itself runs them. */
import { readFile } from 'node:fs/promises';
import '@tensorflow/tfjs-backend-cpu';
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import type { GraphName } from '../../../src/node/networks/laid-files.ts';
import { shippedFiles } from '../../../tools/models/shipped-files.ts';

// Otherwise it prints an advertisement for its native part.
tf.env().set('IS_TEST', true);

/** Loads a graph, as it is shipped. */
export async function loadOriginal(name: GraphName): Promise<GraphModel> {
  const files = shippedFiles(name);
  const json = JSON.parse(await readFile(files.json, 'utf8'));
  const bin = await readFile(files.bin);
  return loadGraphModel(
    tf.io.fromMemory({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest[0].weights,
      weightData: bin.buffer.slice(bin.byteOffset, bin.byteOffset + bin.byteLength) as ArrayBuffer,
      signature: json.signature ?? json.userDefinedMetadata?.signature,
    }),
  );
}
