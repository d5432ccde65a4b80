/** The networks in WebAssembly for Node: `tools/package/wasm.js` makes one file of this, which lies beside the binaries. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

export { openNetworks } from './open-networks.ts';

/** @param folder where the binaries lie, with a slash at its end */
export function setBinaries(folder: string): void {
  setWasmPaths(folder);
}
