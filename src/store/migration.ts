/** Numbered steps that lead to the tables, and which of them are missing: the same for every backend. */
import { DetectError, fill, SERVICE_DETAILS } from '../errors.ts';

/** One step. Once released it never changes; what has to change is a further step. */
export interface Migration {
  /** 1, 2, 3 … */
  readonly version: number;
  /**
   * The oldest schema version whose code still works on the tables after this step: its own when old code
   * must be kept out, an earlier one when only something was added.
   */
  readonly worksFor: number;
  readonly sql: string;
}

/** What a database says of itself. */
export interface SchemaState {
  /** The newest step that was applied; 0 on nothing. */
  readonly found: number;
  /** The version that code has to know to work with it. */
  readonly needs: number;
}

/**
 * The steps that are still to be applied, in order.
 *
 * @throws DetectError `store.schema` when a newer release left tables that these steps' code cannot work with
 */
export function missingSteps(
  { found, needs }: SchemaState,
  steps: readonly Migration[],
): readonly Migration[] {
  const known = steps.at(-1)?.version ?? 0;
  if (needs > known) {
    throw new DetectError('store.schema', fill(SERVICE_DETAILS.newerStore, { found, needs, known }));
  }
  return steps.filter((step) => step.version > found);
}
