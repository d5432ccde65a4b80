/** The built service, and the built commands beside it, each in a process of its own. */
import { vi } from 'vitest';
import { type Ended, type StartOptions, start } from '../cli/spawn.ts';

/** The key that these services begin with. */
export const KEY = 'sk-for-the-tests-from-outside';

/** Longest wait until a service listens, in ms: a second or two, but for several at once on a busy machine. */
const START_MS = 60_000;

/** A service that listens. */
export interface Serving {
  readonly url: string;
  readonly pid: number;
  /** What it has said so far. */
  readonly said: () => string;
  /** Sends a signal and waits for the end. */
  readonly end: (signal: NodeJS.Signals) => Promise<Ended>;
}

/** How a test wants its service. */
export interface ServingOptions extends StartOptions {
  readonly args?: readonly string[];
  /** The program, as an installation has it; the built one here if left out. */
  readonly program?: string;
}

/**
 * Starts the service on a folder and a free port, and waits until it listens.
 *
 * @param cleanup takes what ends it
 */
export async function serve(
  cleanup: (task: () => Promise<void>) => void,
  dataDir: string,
  { args = [], env = {}, program, ...options }: ServingOptions = {},
): Promise<Serving> {
  const { child, ended } = start(
    ['serve', '--port', '0', '--workers', '1', ...args],
    {
      env: { LPD_DATA_DIR: dataDir, LPD_BOOTSTRAP_KEY: KEY, LPD_DOWNLOAD_ALLOW: '127.0.0.0/8', ...env },
      ...options,
    },
    program,
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return await ended;
  };
  cleanup(async () => void (await end('SIGKILL')));
  const listens = () => {
    const [, url] = /listens on (\S+);/.exec(said) ?? [];
    if (url === undefined) throw new Error(`${child.exitCode === null ? 'So far' : 'It ended'}: ${said}`);
    return url;
  };
  const url = await vi.waitFor(listens, { timeout: START_MS, interval: 50 });
  return { url, pid: child.pid ?? 0, said: () => said, end };
}

/** Runs a command on a folder to its end; fails where it does. @returns what it printed */
export async function command(dataDir: string, ...args: string[]): Promise<string> {
  const { code, signal, out, err } = await start(args, { env: { LPD_DATA_DIR: dataDir } }).ended;
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code ?? signal}: ${err}`);
  return out;
}

/** Uploads a picture. @returns the status of the answer, which was read to its end */
export async function upload(url: string, secret: string, picture: Uint8Array): Promise<number> {
  const answer = await fetch(`${url}/v1/inspect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'image/jpeg' },
    body: picture,
  });
  await answer.arrayBuffer();
  return answer.status;
}
