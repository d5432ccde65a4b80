import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** The graphs that @vladmandic/human ships and that are used here. */
export type ShippedName = 'blazeface' | 'facemesh' | 'movenet-lightning';

/** Where the two files of a graph lie. The package exports its code only, so they are found from where that is: <package>/dist. */
export function shippedFiles(name: ShippedName): { readonly json: URL; readonly bin: URL } {
  const entry = createRequire(import.meta.url).resolve('@vladmandic/human');
  const file = (extension: string) => new URL(`../models/${name}.${extension}`, pathToFileURL(entry));
  return { json: file('json'), bin: file('bin') };
}

/** A graph as TensorFlow.js takes it: its parsed `.json` file, and its `.bin` file. */
export interface GraphFiles {
  readonly json: unknown;
  readonly bin: ArrayBuffer;
}

/** Reads the two files of a graph. */
export async function readGraphFiles(name: ShippedName): Promise<GraphFiles> {
  const { json, bin } = shippedFiles(name);
  const [text, bytes] = await Promise.all([readFile(json, 'utf8'), readFile(bin)]);
  const { buffer, byteOffset, byteLength } = bytes;
  return {
    json: JSON.parse(text),
    bin: (buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength),
  };
}
