/** What is set for our processes before anything runs: libuv's threads, on which pictures are decoded, and V8's heap. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFolder, type PictureFolder } from '../../bench/folder.ts';
import { PASS } from './pictures.ts';
import { start } from './spawn.ts';

/** Writes how many threads bear Node's own name when a process ends: its own, V8's and libuv's. */
const PROBE = `process.on('exit', () => {
  const { readdirSync, readFileSync, writeSync } = require('node:fs');
  const own = readdirSync('/proc/self/task').filter(
    (task) => readFileSync('/proc/self/task/' + task + '/comm', 'utf8').trim() === 'node',
  );
  writeSync(2, 'threads ' + own.length);
});`;

describe.skipIf(!existsSync('/proc/self/task'))("libuv's threads", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lpd-threads-'));
    await writeFile(join(folder, 'probe.cjs'), PROBE);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const countThreads = async (size?: number): Promise<number> => {
    const { ended } = start(['check', PASS], {
      env: { UV_THREADPOOL_SIZE: size === undefined ? undefined : `${size}` },
      nodeArgs: ['--require', join(folder, 'probe.cjs')],
    });
    const { code, err } = await ended;
    expect(code).toBe(0);
    return Number(/threads (\d+)/.exec(err)?.[1]);
  };

  test('are one for each core and four more, or as many as the environment says', async () => {
    const [own, four] = [await countThreads(), await countThreads(4)];
    expect(own - four).toBe(availableParallelism());
  });
});

/** Sets what SETTING says in place of our own, once that is set. */
const RESET = `const { setFlagsFromString } = require('node:v8');
if (process.env.SETTING) setImmediate(() => setFlagsFromString(process.env.SETTING));`;

const PICTURES = 100;

describe("V8's heap", () => {
  let folder: string;
  let pictures: PictureFolder;
  let reset: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lpd-heap-'));
    reset = join(folder, 'reset.cjs');
    await writeFile(reset, RESET);
    pictures = await makeFolder(PICTURES);
  });
  afterAll(() => Promise.all([rm(folder, { recursive: true }), pictures.remove()]));

  const countCollections = async (setting = ''): Promise<number> => {
    const { ended } = start(['check', '--jobs', '2', pictures.path], {
      env: { SETTING: setting },
      nodeArgs: ['--trace-gc', '--require', reset],
    });
    const { out } = await ended;
    return out.match(/Mark-Compact/g)?.length ?? 0;
  };

  test('is searched for garbage at most half as often as V8 would of its own, for all the pixels beside it', async () => {
    const [own, usual] = [await countCollections(), await countCollections('--heap-growing-percent=0')];
    expect(usual).toBeGreaterThan(PICTURES / 10);
    expect(own / usual).toBeLessThan(1 / 2);
  });
});
