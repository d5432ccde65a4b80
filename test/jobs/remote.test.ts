/** `check --server` and `submit` against a real service. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readHeader } from '../../src/core/image/header.ts';
import { flat, many, PASS } from '../cli/pictures.ts';
import { run } from '../cli/run.ts';
import { serve, startPool } from '../server/build.ts';
import { PORTRAIT } from '../server/pictures.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { build, type Cleanup } from './build.ts';

const cleanups: Cleanup[] = [];
const cleanup = (task: Cleanup) => void cleanups.unshift(task);
let service: Awaited<ReturnType<typeof build>>;
let pictures: string;

beforeAll(async () => {
  const pool = await startPool(cleanup, { workers: 1 });
  const nothing = await flat(400, 400);
  pictures = await serve(cleanup, (request, response) => {
    response.end(request.url === '/blank' ? nothing : PORTRAIT);
  });
  service = await build(cleanup, pool);
  service.runner.start();
});

afterAll(async () => {
  for (const task of cleanups) await task();
});

const withKey = (key = service.key.secret) => ({ env: { LPD_API_KEY: key } });

it('check --server gives the rows that this machine gives', async () => {
  const folder = await temporaryDirectory();
  const [blank, broken] = ['blank.jpg', 'broken.jpg'].map((name) => join(folder, name));
  await writeFile(blank, await flat(400, 400));
  await writeFile(broken, 'no picture');
  const args = ['check', PASS, blank, broken, '--json'];
  const there = await run([...args, '--server', service.url], withKey());
  const here = await run([...args, '--jobs', '1']);
  const rows = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .map(({ file, pass, reason, error }) => [file, pass, reason, error?.code]);
  expect(rows(there.out)).toEqual(rows(here.out));
  expect([there.code, here.code]).toEqual([3, 3]);
});

it('check --server sends the policy along, and fetches pictures with what was found drawn in', async () => {
  const folder = await temporaryDirectory();
  const policy = join(folder, 'policy.json');
  await writeFile(policy, '{"minFaceWidth": 1000}');
  const args = [
    'check',
    PASS,
    '--server',
    service.url,
    '--policy',
    policy,
    '--annotate',
    join(folder, 'out'),
  ];
  const { code, out } = await run(args, withKey());
  expect([code, out]).toEqual([1, expect.stringContaining('face.small')]);
  const drawn = await readFile(join(folder, 'out', 'pass.jpg.png'));
  expect(readHeader(drawn, true)).toMatchObject({ format: 'png' });
});

it('check --server says what is wrong with the key, and with the address', async () => {
  const wrong = await run(['check', PASS, '--server', service.url], withKey('sk-nobody-knows-this-key'));
  expect([wrong.code, wrong.out, wrong.err]).toEqual([
    2,
    '',
    expect.stringContaining('unknown, malformed or revoked'),
  ]);
  const nowhere = await run(['check', PASS, '--server', 'http://127.0.0.1:1'], withKey());
  expect([nowhere.code, nowhere.out]).toEqual([3, expect.stringContaining('cannot be reached')]);
  const without = await run(['check', PASS, '--server', service.url]);
  expect([without.code, without.err]).toEqual([2, expect.stringContaining('LPD_API_KEY')]);
});

it('check --server waits where the key is over its rate', async () => {
  const key = await service.createKey({ qps: 2 });
  const folder = await temporaryDirectory();
  await many(folder, 5, PORTRAIT);
  const begun = performance.now();
  const { code } = await run(['check', folder, '--server', service.url], withKey(key.secret));
  expect(code).toBe(0);
  // Two at once, and three more at two a second.
  expect(performance.now() - begun).toBeGreaterThan(1000);
});

it('submit prints results, or the id of the job, and tells by its exit code how it went', async () => {
  const stdin = Buffer.from(`${pictures}/a\n${pictures}/blank\n`);
  const args = ['submit', '-', '--server', service.url];
  const waited = await run([...args, '--wait'], { ...withKey(), stdin });
  expect(waited.code).toBe(1);
  const lines = waited.out.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).pass).sort()).toEqual([false, true]);
  expect(waited.err).toContain('1 pass, 1 fail, 0 could not be inspected');
  const sent = await run(args, { ...withKey(), stdin });
  expect([sent.code, sent.out]).toEqual([0, expect.stringMatching(/^[0-9a-f-]{36}\n$/)]);
  expect(sent.err).toContain(`${service.url}/v1/jobs/${sent.out.trim()}/results`);
});

it('submit tells a wrong call from a service that fails', async () => {
  const list = join(await temporaryDirectory(), 'none.txt');
  const missing = await run(['submit', list, '--server', service.url], withKey());
  expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('none.txt is not there')]);
  expect((await run(['submit', '-', '--server', service.url])).code).toBe(2);
  const nowhere = await run(['submit', '-', '--server', 'http://127.0.0.1:1'], withKey());
  expect([nowhere.code, nowhere.err]).toEqual([3, expect.stringContaining('cannot be reached')]);
});

it('submit names the line that is wrong', async () => {
  const stdin = Buffer.from('http://a/\n{"url"');
  const { code, err } = await run(['submit', '-', '--server', service.url], { ...withKey(), stdin });
  expect([code, err]).toEqual([3, expect.stringContaining('Line 2 is not JSON.')]);
});
