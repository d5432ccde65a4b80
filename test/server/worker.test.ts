/** `liveportrait-detect worker` as a process: what it listens on, and how it ends. */
import { once } from 'node:events';
import { expect, it, onTestFinished, vi } from 'vitest';
import { serve } from './build.ts';
import { PORTRAIT } from './pictures.ts';
import { KEY, makeFolder, run, start } from './process.ts';

// Processes take their time to start where other tests run too.
vi.setConfig({ testTimeout: 120_000 });

const WORKING = /^\{.*"msg":"working".*\}$/m;

async function startWorker(args: string[], folder = makeFolder()) {
  const env = { LPD_DATA_DIR: folder, LPD_DOWNLOAD_ALLOW: '127.0.0.0/8' };
  const started = run(['worker', '--workers', '1', ...args], env);
  await expect.poll(started.text, { timeout: 50_000 }).toMatch(WORKING);
  const { metrics } = JSON.parse(WORKING.exec(started.text())![0]) as { metrics?: string };
  return { ...started, metrics };
}

it('listens nowhere unless it is told a port', async () => {
  const { child, metrics } = await startWorker([]);
  expect(metrics).toBeUndefined();
  child.kill('SIGTERM');
  await once(child, 'close');
  expect(child.exitCode).toBe(0);
});

it('tells operators how it is, on loopback, and ends when told to', async () => {
  const { child, text, metrics = '' } = await startWorker(['--metrics-port', '0']);
  expect(metrics).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
  const get = async (path: string) => {
    const answer = await fetch(new URL(path, metrics));
    return [answer.status, await answer.text()] as const;
  };
  expect(await get('/healthz')).toEqual([200, '{"status":"ok"}']);
  const [status, body] = await get('/readyz');
  expect(status).toBe(200);
  expect(JSON.parse(body)).toEqual({ status: 'ready', workers: { wanted: 1, alive: 1 }, store: 'ready' });
  const [, numbers] = await get('/metrics');
  for (const line of [
    'lpd_workers{state="alive"} 1',
    'lpd_waiting{stage="inspect"} 0',
    'lpd_job_items_waiting 0',
    'lpd_job_attempts_total{outcome="pass"} 0',
    'lpd_store_state{state="ready"} 1',
    'lpd_store_away_seconds 0',
    'lpd_spool_groups 0',
  ]) {
    expect(numbers.split('\n')).toContain(line);
  }
  expect((await get('/v1/jobs'))[0]).toBe(404);
  child.kill('SIGTERM');
  await once(child, 'close');
  expect([child.exitCode, text()]).toEqual([0, expect.stringContaining('stopped')]);
});

it('says so and ends with 2 when the port is taken', async () => {
  const taken = await serve(onTestFinished, (_request, response) => response.end());
  const args = ['worker', '--workers', '1', '--metrics-port', new URL(taken).port];
  const { child, text } = run(args, { LPD_DATA_DIR: makeFolder() });
  await once(child, 'close');
  expect([child.exitCode, text()]).toEqual([2, expect.stringContaining('Cannot listen on 127.0.0.1')]);
});

it('counts what it tries, and puts back what it has when it is told to end', async () => {
  const items = 200;
  const folder = makeFolder();
  const { url } = await start(folder, { LPD_BOOTSTRAP_KEY: KEY });
  const { child, metrics = '' } = await startWorker(['--metrics-port', '0'], folder);
  const pictures = await serve(onTestFinished, (_request, response) => {
    setTimeout(() => response.end(PORTRAIT), 50);
  });
  const headers = { authorization: `Bearer ${KEY}` };
  const list = Array.from({ length: items }, (_, at) => `${pictures}/${at}`).join('\n');
  const created = await fetch(`${url}/v1/jobs`, { method: 'POST', headers, body: list });
  const { id } = (await created.json()) as { id: string };
  const passed = async () => {
    const text = await (await fetch(metrics)).text();
    return Number(/^lpd_job_attempts_total\{outcome="pass"\} (.*)$/m.exec(text)?.[1]);
  };
  await expect.poll(passed, { timeout: 20_000 }).toBeGreaterThan(3);
  child.kill('SIGTERM');
  await once(child, 'close');
  expect(child.exitCode).toBe(0);

  // The service does the rest at once, without waiting for anything to run out.
  const job = async () => await (await fetch(`${url}/v1/jobs/${id}`, { headers })).json();
  await expect.poll(job, { timeout: 30_000 }).toMatchObject({ state: 'done', pass: items });
});
