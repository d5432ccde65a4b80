/** The service as a process, for tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { BIN } from '../cli/spawn.ts';

const PATH = '/api/v1/services/aigc/image2video/face-detect';
/** The key that `detect` comes with. */
export const KEY = 'sk-for-the-tests-of-the-process';

/** Longest wait until a service listens, in ms: some seconds, but for several that start at once on a busy machine. */
const START = { timeout: 120_000 };

/** A folder for the running test, removed after it. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lpd-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A service that listens. */
export interface Started {
  readonly child: ChildProcess;
  readonly text: () => string;
  readonly url: string;
  /** Sends a signal and gives the exit code once the process has ended. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
}

/**
 * Starts the command line; the process ends with the running test.
 *
 * @param launcher a program, with its arguments, that starts it
 */
export function run(args: string[], env: NodeJS.ProcessEnv, launcher: readonly string[] = []) {
  const [program = '', ...rest] = [...launcher, process.execPath, BIN, ...args];
  const child = spawn(program, rest, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const note = (chunk: Buffer) => {
    text += chunk.toString();
  };
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, text: () => text };
}

/** Starts the service and waits until it listens. */
export async function start(folder: string, env: NodeJS.ProcessEnv = {}): Promise<Started> {
  const { child, text } = run(['serve', '--port', '0', '--workers', '1', '--log-level', 'info'], {
    LPD_DATA_DIR: folder,
    LPD_DOWNLOAD_ALLOW: '127.0.0.0/8',
    ...env,
  });
  const url = () => /listens on (\S+);/.exec(text())?.[1];
  await expect.poll(() => url() ?? (child.exitCode === null ? undefined : text()), START).toMatch(/^http:/);
  return {
    child,
    text,
    url: url() ?? '',
    end: async (signal) => {
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      return child.exitCode;
    },
  };
}

/** Calls the contract's endpoint for a picture. */
export function detect(url: string, imageUrl: string, secret = KEY): Promise<Response> {
  return ask(url, { model: 'liveportrait-detect', input: { image_url: imageUrl } }, secret);
}

/** Calls the contract's endpoint with any body. */
export function ask(url: string, body: unknown, secret = KEY): Promise<Response> {
  return fetch(`${url}${PATH}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
