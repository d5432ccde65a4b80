import type { Networks } from '../../core/face/networks.ts';
import { type EngineName, type Loaded, loadPart } from '../engine.ts';

/**
 * Loads the models, by onnxruntime or in WebAssembly; neither is loaded where the other runs.
 *
 * @param named what runs them; WebAssembly where onnxruntime does not load, if left out
 * @throws DetectError `inspector.unavailable`
 */
export function openNetworks(named?: EngineName): Promise<Loaded<Networks>> {
  return loadPart(named, {
    native: async () => (await import('./onnx-networks.ts')).openOnnxNetworks(),
    wasm: async () => (await import('./wasm-networks.ts')).openWasmNetworks(),
  });
}
