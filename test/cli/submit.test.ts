/** `submit -o`, called once more: it goes on with the job of the first call, and never sends the list twice. */
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { pathOf } from '../../src/cli/file-name.ts';
import { JOB, json, lines, serveWrong } from '../client/wrong-server.ts';
import { run } from './run.ts';

const ENV = { LPD_API_KEY: 'sk-test' };
const line = (cursor: number) => `${JSON.stringify({ cursor, url: `https://pictures.example/${cursor}` })}\n`;
const DONE = { ...JOB, state: 'done', answered: 3, pass: 3 };

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lpd-submit-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'list.txt'), 'https://pictures.example/a.jpg\n');
  return folder;
}

const submit = (folder: string, out: string, url: string) =>
  run(['submit', join(folder, 'list.txt'), '--server', url, '-o', out], { env: ENV });

test.each<[string, string, number, string]>([
  ['behind its last result', line(1), 1, line(1)],
  ['behind its last whole result, where it was stopped within one', `${line(1)}{"curs`, 1, line(1)],
  ['from the start, where it was stopped within the first one', '{"curs', 0, ''],
])('it goes on %s', async (_, written, after, kept) => {
  const folder = await makeFolder();
  const out = join(folder, 'results.ndjson');
  await writeFile(out, written);
  await writeFile(`${out}.job`, 'a-job\n');
  const service = await serveWrong(json(200, JOB), lines('done', line(2) + line(3)), json(200, DONE));
  expect(await submit(folder, out, service.url)).toMatchObject({ code: 0 });
  expect(service.asked.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
  expect(service.asked[1]?.path).toMatch(`/a-job/results?after=${after}&`);
  expect(await readFile(out, 'utf8')).toBe(kept + line(2) + line(3));
  await expect(stat(`${out}.job`)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('it goes on where nothing but the job was written', async () => {
  const folder = await makeFolder();
  const out = join(folder, 'results.ndjson');
  await writeFile(`${out}.job`, 'a-job\n');
  const service = await serveWrong(json(200, JOB), lines('done', line(1)), json(200, DONE));
  expect(await submit(folder, out, service.url)).toMatchObject({ code: 0 });
  expect(await readFile(out, 'utf8')).toBe(line(1));
});

test.runIf(process.platform === 'linux')('it goes on in a file whose name is not UTF-8', async () => {
  const folder = await makeFolder();
  const out = join(folder, 'results-\udcff.ndjson');
  await writeFile(pathOf(out), line(1));
  await writeFile(pathOf(`${out}.job`), 'a-job\n');
  const service = await serveWrong(json(200, JOB), lines('done', line(2)), json(200, DONE));
  expect(await submit(folder, out, service.url)).toMatchObject({ code: 0 });
  expect(service.asked.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
  expect(await readFile(pathOf(out), 'utf8')).toBe(line(1) + line(2));
  await expect(stat(pathOf(`${out}.job`))).rejects.toMatchObject({ code: 'ENOENT' });
});

test.each(['results.ndjson.job', 'results.ndjson'])(
  'nothing is sent where %s cannot be read',
  async (name) => {
    const folder = await makeFolder();
    const out = join(folder, 'results.ndjson');
    await writeFile(`${out}.job`, 'a-job\n');
    await rm(join(folder, name), { force: true });
    await mkdir(join(folder, name));
    const service = await serveWrong();
    const { code, err } = await submit(folder, out, service.url);
    expect(service.asked).toEqual([]);
    expect(err).toContain(`${join(folder, name)} cannot be read`);
    expect(code).toBe(2);
  },
);
