/** Processes that end, that stop, and that come beside the service. */
import type { Attack } from './attack.ts';
import type { Fortress } from './fortress.ts';
import type { Random } from './random.ts';

/** What it takes: these come from the same machine. */
interface Means {
  readonly fortress: Fortress;
  readonly random: Random;
  readonly signal: AbortSignal;
}

/** Workers that end, as a decoder that crashes would. */
const killed: Attack<Means> = {
  name: 'workers killed',
  everyMs: 5_000,
  atOnce: 1,
  run: (means) => signalOne(means, 'SIGKILL'),
};

/** Workers that stand still, as a decoder that hangs would: each is a place less until its time is over. */
const stopped: Attack<Means> = {
  name: 'workers stopped',
  everyMs: 30_000,
  atOnce: 1,
  run: (means) => signalOne(means, 'SIGSTOP'),
};

async function signalOne({ fortress, random }: Means, signal: 'SIGKILL' | 'SIGSTOP'): Promise<string> {
  const pids = await fortress.workers();
  if (pids.length === 0) return 'none there';
  try {
    process.kill(random.pick(pids), signal);
    return signal;
  } catch {
    return 'gone before';
  }
}

/** Commands that open the same store, from other processes. */
const commands: Attack<Means> = {
  name: 'commands on the same store',
  everyMs: 4_000,
  atOnce: 1,
  async run({ fortress, random }) {
    const name = `passing-${random.below(1e9)}`;
    const steps: (() => Promise<unknown>)[] = [
      () => fortress.command('keys', 'list'),
      () => fortress.command('usage'),
      async () => {
        await fortress.makeKey(name);
        await fortress.command('keys', 'revoke', name);
      },
    ];
    try {
      await random.pick(steps)();
      return 'done';
    } catch (error) {
      return `failed: ${String((error as { stderr?: string }).stderr ?? error).slice(0, 80)}`;
    }
  },
};

export const KILLS: readonly Attack<Means>[] = [killed, stopped, commands];
