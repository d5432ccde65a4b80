import { inLanguage } from '../core/checks/in-language.ts';
import type { PolicyOverrides } from '../core/checks/policy.ts';
import type { Inspection } from '../core/inspection.ts';
import { type Engines, engineOf, fallbacks } from '../node/engine.ts';
import { InspectPool } from '../workers/pool.ts';
import { type CliContext, tell } from './context.ts';

/** A picture that takes longer than this is given up: in all, and in processor time, in milliseconds. */
const LIMIT_MS = 60_000;
const CPU_LIMIT_MS = 20_000;

/** An inspection, and the picture with it drawn in where that was asked for. */
export interface Examined {
  readonly inspection: Inspection;
  /** A PNG. */
  readonly annotated?: Uint8Array;
}

/** Inspects pictures, several at once. */
export interface Examiner {
  /**
   * @param bytes the file; it must not change before the promise settles
   * @returns its advice is in the language that the examiner was opened for
   * @throws DetectError of the inspection
   */
  examine(bytes: Uint8Array, options?: { readonly isAnnotated?: boolean }): Promise<Examined>;
  /** Waits for what is under way, and frees the models. */
  close(): Promise<void>;
}

/**
 * Loads the models, once for each picture that is inspected at a time, in processes of their own: a file that its decoder
 * hangs on, or crashes on, is one row, whether it is one of many or alone.
 *
 * @param context its environment may name what runs; it is told where native code does not load
 * @throws DetectError `policy.invalid`, `option.invalid`
 */
export async function openExaminer(
  context: Pick<CliContext, 'env' | 'stderr' | 'ahead' | 'language' | 'words'>,
  policy: PolicyOverrides,
  workers: number,
): Promise<Examiner> {
  const pool = openPool(context, policy, workers);
  const { signal } = new AbortController();
  return {
    async examine(bytes, { isAnnotated = false } = {}) {
      const wanted = { policy: {}, signal, annotated: isAnnotated ? ('png' as const) : undefined };
      const examined = await pool.inspect(bytes, wanted);
      return { ...examined, inspection: inLanguage(examined.inspection, context.language) };
    },
    close: () => pool.close(),
  };
}

/** The processes of such an examiner. It has no queue: no more pictures at a time than there are workers. */
export function openPool(
  context: Pick<CliContext, 'env' | 'stderr' | 'ahead' | 'words'>,
  policy: PolicyOverrides,
  workers: number,
): InspectPool {
  const engine = engineOf(context.env);
  let isTold = false;
  const onEngines = (engines: Engines) => {
    const slow = isTold ? [] : fallbacks(engine, engines);
    isTold = true;
    if (slow.length > 0) void tell(context, context.words.run.notNative(slow));
  };
  return new InspectPool({
    workers,
    policy,
    engine,
    ahead: context.ahead,
    limitMs: LIMIT_MS,
    cpuMs: CPU_LIMIT_MS,
    onEngines,
  });
}
