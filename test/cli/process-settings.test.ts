/** Pictures are decoded on libuv's threads: there have to be enough of them for every core, from the first on. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BIN } from './spawn.ts';

/** Writes how many threads bear Node's own name when a process ends: its own, V8's and libuv's. */
const PROBE = `process.on('exit', () => {
  const { readdirSync, readFileSync, writeSync } = require('node:fs');
  const own = readdirSync('/proc/self/task').filter(
    (task) => readFileSync('/proc/self/task/' + task + '/comm', 'utf8').trim() === 'node',
  );
  writeSync(2, 'threads ' + own.length);
});`;

const PICTURE = fileURLToPath(new URL('../../examples/pass.jpg', import.meta.url));

describe.skipIf(!existsSync('/proc/self/task'))("libuv's threads", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lpd-threads-'));
    await writeFile(join(folder, 'probe.cjs'), PROBE);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const countThreads = async (size?: number): Promise<number> => {
    const { UV_THREADPOOL_SIZE: _, ...env } = process.env;
    const { stderr } = await promisify(execFile)(process.execPath, [BIN, 'check', PICTURE], {
      env: {
        ...env,
        NODE_OPTIONS: `--require ${join(folder, 'probe.cjs')}`,
        ...(size && { UV_THREADPOOL_SIZE: `${size}` }),
      },
    });
    return Number(/threads (\d+)/.exec(stderr)?.[1]);
  };

  test('are one for each core and four more, or as many as the environment says', async () => {
    const [own, four] = [await countThreads(), await countThreads(4)];
    expect(own - four).toBe(availableParallelism());
  });
});
