import type { Networks } from '../core/face/networks.ts';
import { openFile } from '../core/image/picture.ts';
import { createInspectorOn, type Inspector, type InspectorOptions } from '../core/inspect.ts';
import { checkOptionNames } from '../core/option-names.ts';
import { decoderOf } from './decode/decode.ts';
import { loadSharp } from './decode/sharp.ts';
import { checkEngine, type EngineName, type Engines, engineOf } from './engine.ts';
import { openNetworks } from './networks/open-networks.ts';

/** Options of {@link createInspector}. */
export interface NodeInspectorOptions extends InspectorOptions {
  /**
   * What runs networks and decoding. If it is left out, `LPD_ENGINE` says it; without that, each of them is native where that
   * loads, and WebAssembly where it does not.
   */
  readonly engine?: EngineName | undefined;
}

const OPTIONS = ['policy', 'language', 'engine'] as const satisfies readonly (keyof NodeInspectorOptions)[];

/** An inspector in Node. */
export interface NodeInspector extends Inspector {
  /** What runs its networks and its decoding. */
  readonly engines: Engines;
}

/**
 * Loads the models and makes an inspector.
 *
 * @throws DetectError `policy.invalid`, `option.invalid`, `inspector.unavailable`
 */
export async function createInspector(options: NodeInspectorOptions = {}): Promise<NodeInspector> {
  checkOptionNames(options, OPTIONS);
  const named = options.engine === undefined ? engineOf(process.env) : checkEngine(options.engine);
  return createInspectorOf(() => loadParts(named), options);
}

/** What an inspector in Node is made of. */
export interface Parts {
  readonly networks: Networks;
  readonly engines: Engines;
}

/**
 * Loads the models and what decodes.
 *
 * @param named what runs both; native where that loads, if left out
 * @throws DetectError `inspector.unavailable`
 */
export async function loadParts(named?: EngineName): Promise<Parts> {
  const [{ part: networks, engine }, { engine: decoding }] = await Promise.all([
    openNetworks(named),
    loadSharp(named),
  ]);
  return { networks, engines: { networks: engine, decoding } };
}

/**
 * Makes an inspector of its parts.
 *
 * @param load is called once the options are known to be right
 * @throws DetectError `policy.invalid`, and what `load` throws
 */
export async function createInspectorOf(
  load: () => Promise<Parts>,
  options: InspectorOptions = {},
): Promise<NodeInspector> {
  let engines: Engines | undefined;
  const inspector = await createInspectorOn(async () => {
    const parts = await load();
    engines = parts.engines;
    const { decoding } = parts.engines;
    const decoder = decoderOf(decoding);
    return {
      networks: parts.networks,
      open: (bytes: Uint8Array, limits) => openFile(bytes, decoder, limits),
    };
  }, options);
  return { ...inspector, engines: engines as Engines };
}
