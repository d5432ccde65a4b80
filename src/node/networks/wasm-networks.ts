import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import type { Networks } from '../../core/face/networks.ts';
import { DetectError, SERVICE_DETAILS } from '../../errors.ts';
import { type GraphFiles, readGraphFiles } from './laid-files.ts';

/** The one file that `tools/package/wasm.js` makes of `src/wasm/node.ts`. */
const BUNDLE = '#wasm-networks';

/** What is used of it. */
interface Bundle {
  setBinaries(folder: string): void;
  openNetworks(graphs: {
    readonly blazeface: GraphFiles;
    readonly facemesh: GraphFiles;
    readonly readMovenet: () => Promise<GraphFiles>;
  }): Promise<Networks>;
}

/**
 * Loads the models into TensorFlow.js's WebAssembly.
 *
 * @throws DetectError `inspector.unavailable`
 */
export async function openWasmNetworks(): Promise<Networks> {
  const require = createRequire(import.meta.url);
  const [blazeface, facemesh] = await Promise.all([readGraphFiles('blazeface'), readGraphFiles('facemesh')]);
  try {
    const { setBinaries, openNetworks }: Bundle = require(BUNDLE);
    setBinaries(dirname(require.resolve(BUNDLE)) + sep);
    return await openNetworks({
      blazeface,
      facemesh,
      readMovenet: () => readGraphFiles('movenet-lightning'),
    });
  } catch (cause) {
    throw new DetectError('inspector.unavailable', SERVICE_DETAILS.noNetworks, { cause });
  }
}
