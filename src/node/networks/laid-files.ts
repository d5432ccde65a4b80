import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** The networks that onnxruntime runs. */
export type OnnxName = 'glance' | 'detector' | 'mesh' | 'surface' | 'body';
/** The graphs that TensorFlow.js runs, as `@vladmandic/human` ships them. */
export type GraphName = 'blazeface' | 'facemesh' | 'movenet-lightning';

/** A graph as TensorFlow.js takes it: its parsed `.json` file, and its `.bin` file. */
export interface GraphFiles {
  readonly json: unknown;
  readonly bin: ArrayBuffer;
}

const { resolve } = createRequire(import.meta.url);

/** Reads a network that the build has laid into `dist/models` (`tools/models/lay.ts`), ready for onnxruntime. */
export function readOnnxModel(name: OnnxName): Promise<Uint8Array> {
  return readFile(resolve(`#models/${name}.onnx`));
}

/** Reads the two files of a graph, which the build has laid into `dist/browser` for pages, and which Node reads there, too. */
export async function readGraphFiles(name: GraphName): Promise<GraphFiles> {
  const [text, bytes] = await Promise.all([
    readFile(resolve(`#graphs/${name}.json`), 'utf8'),
    readFile(resolve(`#graphs/${name}.bin`)),
  ]);
  const { buffer, byteOffset, byteLength } = bytes;
  return {
    json: JSON.parse(text),
    bin: (buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength),
  };
}
