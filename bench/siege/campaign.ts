/** Runs all attacks beside each other, each at its own pace, and counts what they were answered. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack } from './attack.ts';

/** What became of one kind of attack. */
export interface Toll {
  readonly name: string;
  readonly begun: number;
  /** How often each answer came. */
  readonly answers: Readonly<Record<string, number>>;
  /** How often it was to be begun. */
  readonly planned: number;
}

/** Attacks until the means' signal ends it, and waits for what is under way. */
export function wage<M extends { readonly signal: AbortSignal }>(
  attacks: readonly Attack<M>[],
  means: M,
): Promise<readonly Toll[]> {
  return Promise.all(attacks.map((attack) => repeat(attack, means)));
}

async function repeat<M extends { readonly signal: AbortSignal }>(
  attack: Attack<M>,
  means: M,
): Promise<Toll> {
  const { name, everyMs, atOnce } = attack;
  const { signal } = means;
  const answers: Record<string, number> = {};
  const underWay = new Set<Promise<void>>();
  const startedAt = performance.now();
  let begun = 0;
  for (let turn = 0; !signal.aborted; turn++) {
    if (underWay.size < atOnce) {
      begun++;
      const one = attack.run(means).then((answer) => {
        answers[answer] = (answers[answer] ?? 0) + 1;
        underWay.delete(one);
      });
      underWay.add(one);
    }
    // At an even pace, however late a turn came.
    const nextAt = startedAt + (turn + 1) * everyMs;
    await sleep(Math.max(0, nextAt - performance.now()), undefined, { signal }).catch(() => undefined);
  }
  const planned = Math.floor((performance.now() - startedAt) / everyMs);
  await Promise.all(underWay);
  return { name, begun, planned, answers };
}
