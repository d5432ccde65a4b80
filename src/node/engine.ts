import { DetectError, fill, flawedOption, OPTION_PROBLEMS, relayed } from '../errors.ts';

/** What runs a part of an inspection: code made for this machine, or WebAssembly. */
export type EngineName = (typeof ENGINES)[number];
const ENGINES = ['native', 'wasm'] as const;

/** What runs each of the two parts that are not ours. */
export interface Engines {
  readonly networks: EngineName;
  readonly decoding: EngineName;
}

/** The variable that names the engine for both parts. */
export const ENGINE_VARIABLE = 'LPD_ENGINE';

/** Reads a written name; throws an Error that says what is wrong with it, as the end of a sentence. */
export function parseEngine(text: string): EngineName {
  const known = ENGINES.find((name) => name === text);
  if (known === undefined) throw new Error(fill(OPTION_PROBLEMS.engine, { names: ENGINES.join(' nor ') }));
  return known;
}

/**
 * The engine that the environment names; undefined where it names none.
 *
 * @throws DetectError `option.invalid`
 */
export function engineOf(env: Readonly<Record<string, string | undefined>>): EngineName | undefined {
  const text = env[ENGINE_VARIABLE];
  return text ? checkEngine(text, ENGINE_VARIABLE) : undefined;
}

/**
 * An engine that a caller named, who may not have looked at the types.
 *
 * @param option what the caller knows it by
 * @throws DetectError `option.invalid`
 */
export function checkEngine(name: unknown, option = 'engine'): EngineName {
  try {
    return parseEngine(String(name));
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new DetectError('option.invalid', flawedOption(option, JSON.stringify(name), problem), { cause });
  }
}

/** The parts that run in WebAssembly where nobody named an engine: people are told, since they are slower. */
export function fallbacks(named: EngineName | undefined, engines: Engines): readonly (keyof Engines)[] {
  if (named !== undefined) return [];
  return (['networks', 'decoding'] as const).filter((part) => engines[part] === 'wasm');
}

/** What runs, in words: `native`, `wasm`, or each part by its name. */
export function enginesInWords({ networks, decoding }: Engines): string {
  return networks === decoding ? networks : `${networks} networks, ${decoding} decoding`;
}

/** A part and what runs it. */
export interface Loaded<Part> {
  readonly part: Part;
  readonly engine: EngineName;
}

/**
 * Loads a part: as it was named, or else the native one, and the one in WebAssembly where that does not load.
 *
 * @throws DetectError `inspector.unavailable`
 */
export async function loadPart<Part>(
  named: EngineName | undefined,
  loaders: Readonly<Record<EngineName, () => Promise<Part>>>,
): Promise<Loaded<Part>> {
  const load = async (engine: EngineName) => ({ part: await loaders[engine](), engine });
  if (named !== undefined) return load(named);
  try {
    return await load('native');
  } catch (native) {
    if (!isUnavailable(native)) throw native;
    return load('wasm').catch((wasm: unknown) => {
      if (!isUnavailable(wasm)) throw wasm;
      throw new DetectError('inspector.unavailable', relayed(`${native.message} ${wasm.message}`), {
        cause: wasm,
      });
    });
  }
}

function isUnavailable(error: unknown): error is DetectError {
  return error instanceof DetectError && error.code === 'inspector.unavailable';
}
