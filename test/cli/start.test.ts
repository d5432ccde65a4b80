/** The process that is started ahead of what needs it: it never outlives the call, whatever that comes to. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { BIN } from './spawn.ts';

const EXAMPLE = fileURLToPath(new URL('../../examples/pass.jpg', import.meta.url));

/** Starts the program in a process group of its own. */
function startGroup(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [BIN, ...args], {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
  const closed = once(child, 'close') as Promise<[number | null]>;
  return { child, ended: closed.then(([code]) => ({ code, text })) };
}

function hasGroup(pid: number): boolean {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
}

/** Waits for a group to be empty. */
async function groupEnded(pid: number): Promise<void> {
  await expect.poll(() => hasGroup(pid), { timeout: 20_000 }).toBe(false);
}

describe('the process that is started ahead', () => {
  test.each([
    ['a picture is inspected', ['check', EXAMPLE], 0, 'pass'],
    ['an option is wrong', ['check', '--no-such-option', EXAMPLE], 2, '--no-such-option'],
    ['there is no such file', ['fix', '/nowhere/at/all.jpg'], 2, '/nowhere/at/all.jpg'],
    ['the policy is wrong', ['check', '--policy', '/nowhere/policy.json', EXAMPLE], 2, 'policy'],
  ])('ends where %s', async (_, args, code, text) => {
    const { child, ended } = startGroup(args);
    const end = await ended;
    expect(end.text).toContain(text);
    expect(end.code).toBe(code);
    await groupEnded(child.pid!);
  });

  test('is not started with an engine that does not exist, which is told as ever', async () => {
    const { child, ended } = startGroup(['check', EXAMPLE], { LPD_ENGINE: 'steam' });
    expect(await ended).toMatchObject({ code: 2, text: expect.stringContaining('LPD_ENGINE: "steam"') });
    await groupEnded(child.pid!);
  });

  test('has the engine that the environment names', async () => {
    const { ended } = startGroup(['check', EXAMPLE], { LPD_ENGINE: 'wasm' });
    expect(await ended).toMatchObject({ code: 0, text: expect.stringContaining('pass') });
  });

  test('ends with one that is killed', async () => {
    const { child, ended } = startGroup(['check', EXAMPLE]);
    await once(child, 'spawn');
    await new Promise((resolve) => setTimeout(resolve, 250));
    child.kill('SIGKILL');
    await ended;
    await groupEnded(child.pid!);
  });
});
