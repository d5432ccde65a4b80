import type { PolicyOverrides } from '../checks/policy.ts';
import type { Inspection } from '../inspection.ts';
import { InspectPool } from '../server/pool.ts';

/** A picture that takes longer than this, in milliseconds, is given up. */
const LIMIT_MS = 60_000;

/** An inspection, and the picture with it drawn in where that was asked for. */
export interface Examined {
  readonly inspection: Inspection;
  /** A PNG. */
  readonly annotated?: Uint8Array;
}

/** Inspects pictures, as many at once as there are threads. */
export interface Engine {
  /**
   * @param bytes handed over: they may be gone afterwards
   * @throws DetectError of the inspection
   */
  examine(bytes: Uint8Array, options?: { readonly isAnnotated?: boolean }): Promise<Examined>;
  /** Waits for what is under way, and frees the models. */
  close(): Promise<void>;
}

/**
 * Loads the models: once in this thread for a single one, else once a thread.
 *
 * @throws DetectError `policy.invalid`
 */
export function openEngine(policy: PolicyOverrides, threads: number): Promise<Engine> {
  return threads === 1 ? openInline(policy) : openPool(policy, threads);
}

async function openInline(policy: PolicyOverrides): Promise<Engine> {
  // Here and not above: a thread that only hands out work would load sharp and onnxruntime for nothing.
  const { createInspector } = await import('../inspect.ts');
  const { annotate } = await import('../annotate/annotate.ts');
  const inspector = await createInspector({ policy });
  return {
    async examine(bytes, { isAnnotated = false } = {}) {
      const inspection = await inspector.inspect(bytes);
      return isAnnotated
        ? { inspection, annotated: await annotate(bytes, inspection, 'png') }
        : { inspection };
    },
    close: () => inspector.close(),
  };
}

async function openPool(policy: PolicyOverrides, workers: number): Promise<Engine> {
  const pool = await InspectPool.start({ workers, policy, limitMs: LIMIT_MS });
  const { signal } = new AbortController();
  return {
    examine: (bytes, { isAnnotated = false } = {}) =>
      pool.inspect(bytes, { policy: {}, signal, annotated: isAnnotated ? 'png' : undefined }),
    close: () => pool.close(),
  };
}
