import type { InspectOptions } from '../../src/core/inspect.ts';
import type { Check } from '../../src/core/inspection.ts';
import { DetectError } from '../../src/errors.ts';

/** What comes of a picture: an inspection's outcome, or why it has none. */
export interface Verdict {
  /** `pass`, the reason of a failure, or the code of an error. */
  readonly outcome: string;
  readonly checks: readonly Check[];
}

/** What is compared of an inspection. */
interface Outcome {
  readonly pass: boolean;
  readonly reason: string | null;
  readonly checks: readonly Check[];
}

/** Inspects a picture; an error of the catalogue is a verdict too. */
export async function verdictOf<Input>(
  inspector: { inspect(picture: Input, options?: InspectOptions): Promise<Outcome> },
  picture: Input,
): Promise<Verdict> {
  try {
    const { reason, checks } = await inspector.inspect(picture);
    return { outcome: reason ?? 'pass', checks };
  } catch (error) {
    if (!(error instanceof DetectError)) throw error;
    return { outcome: error.code, checks: [] };
  }
}

/** Whether both let a picture through, or neither does. */
export function isSame(a: Verdict, b: Verdict): boolean {
  return (a.outcome === 'pass') === (b.outcome === 'pass');
}

/** How near to its limit the value was of each check that one lets through and the other does not. */
export function describeDifference(a: Verdict, b: Verdict): string {
  const differing = a.checks.flatMap((check) => {
    const other = b.checks.find(({ id }) => id === check.id);
    return other && other.status !== check.status && !check.advisory
      ? [`${check.id}: ${check.value} and ${other.value}, limit ${check.limit}`]
      : [];
  });
  return differing.join('; ');
}
