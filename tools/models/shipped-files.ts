import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { GraphName } from '../../src/node/networks/laid-files.ts';

/** Where the two files of a graph lie. The package exports its code only, so they are found from where that is: <package>/dist. */
export function shippedFiles(name: GraphName): { readonly json: URL; readonly bin: URL } {
  const entry = createRequire(import.meta.url).resolve('@vladmandic/human');
  const file = (extension: string) => new URL(`../models/${name}.${extension}`, pathToFileURL(entry));
  return { json: file('json'), bin: file('bin') };
}
