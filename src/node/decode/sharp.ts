import type sharp from 'sharp';
import { DetectError, fill, SERVICE_DETAILS } from '../../errors.ts';
import { type EngineName, type Loaded, loadPart } from '../engine.ts';

/** sharp as a module gives it. */
export type Sharp = typeof sharp;

/** What has been loaded, or is being loaded. An `import()` of what is there already costs a third of a millisecond, each time. */
const known = new Map<EngineName | undefined, Promise<Loaded<Sharp>>>();

/**
 * Loads sharp, as native code or as WebAssembly: the same JavaScript and the same libvips, so the same pixels. It is loaded by
 * this only, so that no picture is ever decoded without its settings. Node keeps what it has loaded.
 *
 * @param named which one; WebAssembly where the native one does not load, if left out
 * @throws DetectError `inspector.unavailable`
 */
export function loadSharp(named?: EngineName): Promise<Loaded<Sharp>> {
  let loaded = known.get(named);
  if (loaded === undefined) {
    loaded = loadPart(named, { native: loadNative, wasm: loadWasm });
    loaded.catch(() => known.delete(named));
    known.set(named, loaded);
  }
  return loaded;
}

async function loadNative(): Promise<Sharp> {
  const { platform, arch } = process;
  const problem = fill(SERVICE_DETAILS.noSharp, { platform: `${platform} ${arch}` });
  const { sharp, isNative } = await import('./native-sharp.ts').catch((cause: unknown) => {
    throw new DetectError('inspector.unavailable', problem, { cause });
  });
  if (!isNative) throw new DetectError('inspector.unavailable', problem);
  return sharp;
}

async function loadWasm(): Promise<Sharp> {
  // Its threads never answer there (Bun 1.4): better an error than a picture that is waited for in vain.
  if ('bun' in process.versions) {
    throw new DetectError('inspector.unavailable', SERVICE_DETAILS.bun);
  }
  // The same without the right to start them, in Node's permission model.
  if (process.permission?.has('worker') === false) {
    throw new DetectError('inspector.unavailable', SERVICE_DETAILS.noThreads);
  }
  const { sharp } = await import('./wasm-sharp.ts').catch((cause: unknown) => {
    throw new DetectError('inspector.unavailable', SERVICE_DETAILS.noWasmSharp, { cause });
  });
  return sharp;
}
