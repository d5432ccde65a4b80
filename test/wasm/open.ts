/** The networks in WebAssembly, from their source and from the packages that they come from. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { Networks } from '../../src/core/face/networks.ts';
import { readGraphFiles } from '../../src/node/networks/laid-files.ts';
import { openNetworks } from '../../src/wasm/open-networks.ts';

const { resolve } = createRequire(import.meta.url);

export async function openWasmNetworks(): Promise<Networks> {
  setWasmPaths(join(dirname(resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'wasm-out/'));
  const [blazeface, facemesh] = await Promise.all([readGraphFiles('blazeface'), readGraphFiles('facemesh')]);
  return openNetworks({ blazeface, facemesh, readMovenet: () => readGraphFiles('movenet-lightning') });
}
