import type { PolicyOverrides } from '../core/checks/policy.ts';
import type { Inspection } from '../core/inspection.ts';
import { InspectPool } from '../workers/pool.ts';

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
export interface Engine {
  /**
   * @param bytes the file; it must not change before the promise settles
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
 * @throws DetectError `policy.invalid`
 */
export async function openEngine(policy: PolicyOverrides, workers: number): Promise<Engine> {
  const pool = new InspectPool({ workers, policy, limitMs: LIMIT_MS, cpuMs: CPU_LIMIT_MS });
  const { signal } = new AbortController();
  return {
    examine: (bytes, { isAnnotated = false } = {}) =>
      pool.inspect(bytes, { policy: {}, signal, annotated: isAnnotated ? 'png' : undefined }),
    close: () => pool.close(),
  };
}
