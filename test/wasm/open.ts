/** The networks in WebAssembly, from the packages that they come from. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { Networks } from '../../src/core/face/networks.ts';
import { openNetworks } from '../../src/wasm/open-networks.ts';

const { resolve } = createRequire(import.meta.url);

export async function openWasmNetworks(): Promise<Networks> {
  setWasmPaths(join(dirname(resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'wasm-out/'));
  return openNetworks({ blazeface: await readGraph('blazeface'), facemesh: await readGraph('facemesh') });
}

async function readGraph(name: string) {
  const file = (extension: string) =>
    readFile(new URL(`../models/${name}.${extension}`, pathToFileURL(resolve('@vladmandic/human'))));
  const { buffer, byteOffset, byteLength } = await file('bin');
  const bin = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  return { json: JSON.parse(String(await file('json'))), bin };
}
