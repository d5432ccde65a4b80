/** The built service with keys of several customers, which were made before it started. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../cli/spawn.ts';
import { type Serving, type ServingOptions, serve } from './serving.ts';

/** A service that listens. */
export interface Service extends Serving {
  readonly port: number;
  /** The plain keys, in the order of the names. */
  readonly secrets: readonly string[];
}

/** How a test wants it. */
export interface ServiceWish extends ServingOptions {
  /** Names of the keys to make, each for 1000 requests a second: rates are another subject. */
  readonly keys: readonly string[];
}

/** Makes the keys, starts the service, and waits until it listens. */
export async function startService(
  cleanup: (task: () => Promise<void>) => void,
  { keys, args = [], ...wish }: ServiceWish,
): Promise<Service> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lpd-outside-'));
  cleanup(() => rm(dataDir, { recursive: true, force: true }));
  const secrets: string[] = [];
  for (const name of keys) {
    const made = start(['keys', 'create', '--name', name, '--qps', '1000', '--data-dir', dataDir]);
    secrets.push((await made.ended).out.trim());
  }
  const serving = await serve(cleanup, dataDir, { args: ['--workers', '2', ...args], ...wish });
  return { ...serving, port: Number(new URL(serving.url).port), secrets };
}
