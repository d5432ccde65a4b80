import { decodeImage } from './image/decode.ts';
import { openFile } from './image/picture.ts';
import { createInspectorOn, type Inspector, type InspectorOptions } from './inspect.ts';
import { openNetworks } from './models/sessions.ts';

/**
 * Loads the models and makes an inspector.
 *
 * @throws DetectError `policy.invalid`, `inspector.unavailable`
 */
export function createInspector(options: InspectorOptions = {}): Promise<Inspector> {
  return createInspectorOn(async () => {
    const networks = await openNetworks();
    return { networks, open: (bytes: Uint8Array) => openFile(bytes, decodeImage) };
  }, options);
}
