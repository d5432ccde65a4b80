/** What `serve` prints at its first start: its lines work as they are copied, wherever the clone and the store are. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { shellWord } from '../../src/cli/shell-word.ts';
import { BIN } from '../cli/spawn.ts';
import { serve } from './serving.ts';

const sh = async (line: string, cwd: string) =>
  (await promisify(execFile)('sh', ['-c', line], { cwd })).stdout;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lpd-welcome-'));
});
afterAll(() => rm(folder, { recursive: true }));

test("the lines to copy work from any folder, and make keys in the service's own store", async () => {
  const [from, elsewhere] = [join(folder, 'started here'), join(folder, 'elsewhere')];
  for (const path of [from, elsewhere]) await mkdir(path);
  const service = await serve(onTestFinished, "keys of mine, it's 我的", {
    cwd: from,
    env: { LPD_BOOTSTRAP_KEY: '' },
  });
  const [, create = ''] = /For more keys: npx liveportrait-detect (.+)\n/.exec(service.said()) ?? [];
  const [, picture = ''] = /^ {2}(curl .+ -H 'Content-Type: image\/jpeg' .+)$/m.exec(service.said()) ?? [];
  expect(JSON.parse(await sh(`${picture} -s`, from))).toMatchObject({ pass: true });

  const key = await sh(
    `${process.execPath} ${shellWord(BIN)} ${create.replace('<name>', 'more')}`,
    elsewhere,
  );
  const headers = { Authorization: `Bearer ${key.trim()}` };
  const answer = await fetch(`${service.url}/v1/jobs/none`, { headers });
  expect(answer.status).toBe(404);
});

test('the picture of a clone whose path has blanks and marks is named so that a shell finds it', async () => {
  const clone = join(folder, "my clone's & (copy)");
  await symlink(join(BIN, '../..'), clone);
  const service = await serve(onTestFinished, join(folder, 'data'), {
    cwd: folder,
    env: { LPD_BOOTSTRAP_KEY: '' },
    nodeArgs: ['--preserve-symlinks', '--preserve-symlinks-main'],
    program: join(clone, 'bin/liveportrait-detect.js'),
  });
  const [, picture = ''] = /^ {2}(curl .+ -H 'Content-Type: image\/jpeg' .+)$/m.exec(service.said()) ?? [];
  expect(picture).toContain('copy');
  expect(JSON.parse(await sh(`${picture} -s`, folder))).toMatchObject({ pass: true });
});
