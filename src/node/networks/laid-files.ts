import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { DetectError, fill, SERVICE_DETAILS } from '../../errors.ts';

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
/** What Node calls a file that is not there, whether or not something leads to it. */
const MISSING = new Set(['ENOENT', 'MODULE_NOT_FOUND', 'ERR_PACKAGE_IMPORT_NOT_DEFINED']);

/**
 * Reads a network that the build has laid into `dist/models` (`tools/models/lay.ts`), ready for onnxruntime.
 *
 * @throws DetectError `inspector.unavailable` where it is missing
 */
export function readOnnxModel(name: OnnxName): Promise<Uint8Array> {
  return read('#models', `${name}.onnx`);
}

/**
 * Reads the two files of a graph, which the build has laid into `dist/browser` for pages, and which Node reads there, too.
 *
 * @throws DetectError `inspector.unavailable` where one is missing
 */
export async function readGraphFiles(name: GraphName): Promise<GraphFiles> {
  const [text, bytes] = await Promise.all([read('#graphs', `${name}.json`), read('#graphs', `${name}.bin`)]);
  const { buffer, byteOffset, byteLength } = bytes;
  return {
    json: JSON.parse(text.toString()),
    bin: (buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength),
  };
}

/** Bundlers, and what copies the files of an application, leave out files that no `import` names. */
async function read(folder: string, file: string): Promise<Buffer> {
  try {
    return await readFile(resolve(`${folder}/${file}`));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined || !MISSING.has(code)) throw cause;
    throw new DetectError('inspector.unavailable', fill(SERVICE_DETAILS.noFile, { file }), { cause });
  }
}
