/** Runs all attacks beside each other, each at its own pace, and counts what they were answered. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack, Means } from './attack.ts';

/** What became of one kind of attack. */
export interface Toll {
  readonly name: string;
  readonly begun: number;
  /** How often each answer came. */
  readonly answers: ReadonlyMap<string, number>;
}

/** Attacks until the means' signal ends it, and waits for what is under way. */
export function wage(attacks: readonly Attack[], means: Means): Promise<readonly Toll[]> {
  return Promise.all(attacks.map((attack) => repeat(attack, means)));
}

async function repeat(attack: Attack, means: Means): Promise<Toll> {
  const { name, everyMs, atOnce } = attack;
  const { signal } = means;
  const answers = new Map<string, number>();
  const underWay = new Set<Promise<void>>();
  let begun = 0;
  while (!signal.aborted) {
    if (underWay.size < atOnce) {
      begun++;
      const one = attack.run(means).then((answer) => {
        answers.set(String(answer), (answers.get(String(answer)) ?? 0) + 1);
        underWay.delete(one);
      });
      underWay.add(one);
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
  await Promise.all(underWay);
  return { name, begun, answers };
}
