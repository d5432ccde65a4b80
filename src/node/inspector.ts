import { openFile } from '../core/image/picture.ts';
import { createInspectorOn, type Inspector, type InspectorOptions } from '../core/inspect.ts';
import { decodeImage } from './decode/decode.ts';
import { openNetworks } from './networks/open-networks.ts';

/**
 * Loads the models and makes an inspector.
 *
 * @throws DetectError `policy.invalid`, `inspector.unavailable`
 */
export function createInspector(options: InspectorOptions = {}): Promise<Inspector> {
  return createInspectorOn(async () => {
    const networks = await openNetworks();
    return { networks, open: (bytes: Uint8Array, limits) => openFile(bytes, decodeImage, limits) };
  }, options);
}
