/** What the slowest answers waited for. */
import type { Stages } from './fortress.ts';
import type { Answer } from './honest.ts';

/** Answers that are looked at: the slowest twentieth, which is what the 95th percentile cuts off. */
const SHARE = 1 / 20;
const LEAST = 3;

/** The mean time in milliseconds that the slowest answers, and all, spent in each stage. */
export function waitsOf(
  answers: readonly Answer[],
  stages: ReadonlyMap<string, Stages>,
): readonly (readonly [stage: string, slowest: number, all: number])[] {
  const found = answers.flatMap((answer) => {
    const times = answer.id === null ? undefined : stages.get(answer.id);
    return times === undefined ? [] : [{ ms: answer.ms, times: partsOf(answer, times) }];
  });
  found.sort((a, b) => b.ms - a.ms);
  const slowest = found.slice(0, Math.max(LEAST, Math.ceil(found.length * SHARE)));
  const names = new Set(found.flatMap(({ times }) => Object.keys(times)));
  return [...names].map((name) => [name, meanOf(slowest, name), meanOf(found, name)]);
}

/** The stages; what the service did between them; and what the caller waited before and after. */
function partsOf({ ms }: Answer, { total, ...stages }: Stages): Stages {
  const known = Object.values(stages).reduce((sum, time) => sum + time, 0);
  return { ...stages, 'between these': total - known, 'before and after': ms - total };
}

function meanOf(all: readonly { readonly times: Stages }[], name: string): number {
  return all.reduce((sum, { times }) => sum + (times[name] ?? 0), 0) / all.length;
}
