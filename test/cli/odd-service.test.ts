/** A service that answers with something odd: a row for the picture, and the run goes on, unless it is about the call. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { INSPECTION, JOB, json, lines, type Reply, refusal, serveWrong } from '../client/wrong-server.ts';
import { OBSTRUCTED, PASS } from './pictures.ts';
import { run } from './run.ts';

const ENV = { LPD_API_KEY: 'sk-test' };
const box = { x: 1, y: 2, width: 3, height: 4 };
/** It has what every row tells, and not what the advice of its check is made of. */
const UNTOLD = {
  ...INSPECTION,
  subject: {
    box,
    index: 0,
    pose: { yaw: 1, pitch: 2, roll: 3 },
    heads: { human: 1, obstructed: 1 },
    workingWidth: 3,
    sharpness: 1,
  },
  checks: [
    { id: 'eyes_visible', value: 1, limit: 0.5, status: 'fail', reason: 'face.obstructed', advice: '' },
  ],
};

test.each<[string, object]>([
  ['a check that is nothing', { ...INSPECTION, checks: [null] }],
  ['a score that is a text', { ...INSPECTION, quality: { score: 'high' } }],
  ['a face without what its advice is made of', UNTOLD],
  ['a subject without a pose', { ...INSPECTION, faces: [{}, {}], subject: { box: null } }],
])('%s is an error of its picture', async (_, odd) => {
  const wrong = await serveWrong(json(200, odd), json(200, INSPECTION));
  const { code, out, err } = await run(
    ['check', '--server', wrong.url, '--jobs', '1', '--csv', PASS, OBSTRUCTED],
    { env: ENV },
  );
  expect(out.split('\n')).toHaveLength(4);
  expect(out).toMatch(/pass\.jpg,error,service\.answer,.*\n.*obstructed\.jpg,fail,face\.missing/);
  expect(code).toBe(3);
  expect(err).toBe('0 pass, 1 fail, 1 could not be inspected\n');
});

test.each([
  [401, 'key.invalid'],
  [401, 'key.expired'],
  [403, 'key.quota'],
  [404, 'request.path'],
])('%d %s is about the call: no more is sent, and --resume looks at the rest', async (status, reason) => {
  const folder = await mkdtemp(join(tmpdir(), 'lpd-odd-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const rows = join(folder, 'rows.ndjson');
  const check = (url: string) =>
    run(
      [
        'check',
        '--server',
        url,
        '--jobs',
        '1',
        '--json',
        '--resume',
        rows,
        PASS,
        ...Array(8).fill(OBSTRUCTED),
      ],
      { env: ENV },
    );
  const wrong = await serveWrong(json(200, INSPECTION), refusal(status, reason));
  const { code, err } = await check(wrong.url);
  expect(code).toBe(2);
  expect(err).not.toContain('could not be inspected');
  // One at work, and one that was read ahead.
  expect(wrong.asked.length).toBeLessThanOrEqual(3);
  expect((await readFile(rows, 'utf8')).trim().split('\n')).toHaveLength(1);

  const mended = await serveWrong(json(200, INSPECTION));
  expect((await check(mended.url)).code).toBe(1);
  expect(await readFile(rows, 'utf8')).not.toContain('"error"');
});

test.each<[string, Reply[]]>([
  ['at its beginning', [json(202, { ...JOB, total: 'many' })]],
  [
    'at its end',
    [json(202, JOB), json(200, JOB), lines('done', ''), json(200, { id: 'a-job', state: 'done', total: 3 })],
  ],
])('a job without its counts %s is an error', async (_, replies) => {
  const folder = await mkdtemp(join(tmpdir(), 'lpd-odd-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const list = join(folder, 'list.txt');
  await writeFile(list, 'https://pictures.example/a.jpg\n');
  const wrong = await serveWrong(...replies);
  const { code, err } = await run(['submit', list, '--server', wrong.url, '--wait'], { env: ENV });
  expect(err).toContain('The answer is not what the service answers');
  expect(err).not.toContain('undefined');
  expect(code).toBe(3);
});
