/** The command line in processes of its own, for tests that kill them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished, vi } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { BIN } from '../cli/spawn.ts';

/** The key that these services begin with. */
export const KEY = 'sk-for-the-tests-of-jobs';
/** What a service says once it listens, with its address. */
export const LISTENS = /listens on (\S+);/;

/** A process under way, which ends with the test. */
export interface Started {
  readonly child: ChildProcess;
  /** Waits for a text in what it says. */
  readonly says: (pattern: RegExp) => Promise<string>;
  /** As the machine's end would. */
  readonly kill: () => Promise<void>;
  /** As an operator would: it answers what it accepted, and ends. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a command with one worker thread.
 *
 * @param cleanup takes what ends it: a test that runs beside others passes its own, since vitest mistakes whose the
 *   global one is
 */
export function start(
  args: string[],
  env: NodeJS.ProcessEnv,
  cleanup: (task: () => Promise<void>) => void = onTestFinished,
): Started {
  const child = spawn(process.execPath, [BIN, ...args, '--workers', '1'], {
    env: { PATH: process.env.PATH, LPD_DOWNLOAD_ALLOW: '127.0.0.0/8', LPD_BOOTSTRAP_KEY: KEY, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const note = (chunk: Buffer) => {
    text += chunk.toString();
  };
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  const kill = () => end('SIGKILL');
  cleanup(kill);
  const says = async (pattern: RegExp) => {
    const look = () => {
      const found = pattern.exec(text);
      if (found === null) throw new Error(`${child.exitCode === null ? 'So far' : 'It ended'}: ${text}`);
      return found[1] ?? '';
    };
    return await vi.waitFor(look, { timeout: 60_000 });
  };
  return { child, says, kill, stop: () => end('SIGTERM') };
}

/** Images in the books. @param keyId of this key only; of all when left out */
export async function counted(where: Parameters<typeof openStore>[0], keyId?: string): Promise<number> {
  const store = await openStore(where);
  const rows = await store.usage(keyId === undefined ? {} : { keyId });
  await store.close();
  return rows.reduce((sum, { count }) => sum + count, 0);
}
