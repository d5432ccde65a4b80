/** The built service in a process of its own, with keys that were made before it started. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { start } from '../cli/spawn.ts';

type Cleanup = (task: () => Promise<void>) => void;

/** A service that listens. */
export interface Service {
  readonly url: string;
  readonly port: number;
  /** Where `/metrics` is. */
  readonly metricsUrl: string;
  /** The plain keys, in the order of the names. */
  readonly secrets: readonly string[];
  readonly dataDir: string;
  /** What it has said so far. */
  readonly said: () => string;
}

/** How a test wants it. */
export interface ServiceWish {
  /** Names of the keys to make, each for so many requests a second as `qps` says. */
  readonly keys: readonly string[];
  /** 1000 when left out: rates are another subject. */
  readonly qps?: number;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** Makes the keys, starts the service on free ports of loopback, and waits until it listens. */
export async function startService(
  cleanup: Cleanup,
  { keys, qps = 1000, args = [], env = {} }: ServiceWish,
): Promise<Service> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lpd-outside-'));
  cleanup(() => rm(dataDir, { recursive: true, force: true }));
  const secrets: string[] = [];
  for (const name of keys) {
    const made = start(['keys', 'create', '--name', name, '--qps', String(qps), '--data-dir', dataDir]);
    const { out } = await made.ended;
    secrets.push(/sk-\S+/.exec(out)?.[0] ?? '');
  }
  const { child, ended } = start(
    ['serve', '--port', '0', '--metrics-port', '0', '--workers', '2', '--data-dir', dataDir, ...args],
    { env: { LPD_DOWNLOAD_ALLOW: '127.0.0.0/8', ...env } },
  );
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  cleanup(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const find = (pattern: RegExp) => () => {
    const found = pattern.exec(text)?.[1];
    if (found === undefined) throw new Error(`The service says: ${text}`);
    return found;
  };
  const url = await vi.waitFor(find(/listens on (\S+);/), { timeout: 60_000 });
  const metricsUrl = find(/"metrics":"([^"]+)"/)();
  return { url, port: Number(new URL(url).port), metricsUrl, secrets, dataDir, said: () => text };
}
