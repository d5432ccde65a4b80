/** Builds the image of the Dockerfile by hand, runs the service and a worker in it and calls them; see deploy/try-image.sh. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../free-port.ts';
import { foreignBinaries, sizeOf } from './binaries.ts';
import { buildImage, copyContext, type Image } from './build.ts';
import { readDockerfile } from './dockerfile.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PICTURE = readFileSync(join(ROOT, 'examples/pass.jpg'));
const KEY = 'sk-for-the-trial-of-the-image';
/** How long the service may take to be ready, and to end when nothing is under way, on a busy machine. */
const START_MS = 120_000;
const END_MS = 15_000;
const MIB = 2 ** 20;

const folder = process.argv[2];
// Whoever made the namespace removes the folder after it, when nothing of this machine is mounted below it any more.
if (folder === undefined) throw new Error('Run deploy/try-image.sh.');
await tryImage(folder);
say('the image is good');

async function tryImage(folder: string): Promise<void> {
  const context = join(folder, 'context');
  mkdirSync(context);
  copyContext(ROOT, readFileSync(join(ROOT, '.dockerignore'), 'utf8'), context);
  const image = buildImage(readDockerfile(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')), context, folder);

  const app = join(image.room.root, image.circumstances.workdir);
  check('no binary of another platform', foreignBinaries(app), []);
  say(`${Math.round(sizeOf(app) / MIB)} MiB on top of the base image`);

  image.room.seal(image.volumes);
  await tryService(image);
  await tryWorker(image);
}

async function tryService(image: Image): Promise<void> {
  const port = await freePort();
  const env = { PORT: String(port), LPD_BOOTSTRAP_KEY: KEY };
  await tryCommand(image, image.cmd, env, async (service, metricsUrl, isHealthy) => {
    const url = `http://127.0.0.1:${port}`;
    await ready(`${url}/readyz`, service);
    checkProcess(image, service);
    check('HEALTHCHECK finds it healthy', isHealthy(), true);
    for (const path of ['/healthz', '/readyz', '/', '/docs', '/openapi.json', '/examples/pass.jpg']) {
      check(`GET ${path}`, (await fetch(url + path)).status, 200);
    }
    const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'image/jpeg' };
    const answer = await fetch(`${url}/v1/inspect`, { method: 'POST', headers, body: PICTURE });
    check(
      'POST /v1/inspect',
      [answer.status, ((await answer.json()) as { pass: boolean }).pass],
      [200, true],
    );
    const metrics = await (await fetch(`${metricsUrl}/metrics`)).text();
    check('GET /metrics counts it', /^lpd_requests_total\{route="\/v1\/inspect".*\} 1$/m.test(metrics), true);
    await end(service);
  });
}

/** The same image with the command `worker`, which only operators can reach. */
async function tryWorker(image: Image): Promise<void> {
  await tryCommand(image, ['worker'], {}, async (worker, metricsUrl, isHealthy) => {
    await ready(`${metricsUrl}/readyz`, worker);
    check('HEALTHCHECK finds the worker healthy', isHealthy(), true);
    const metrics = await (await fetch(`${metricsUrl}/metrics`)).text();
    check('GET /metrics of the worker', /^lpd_job_items_waiting 0$/m.test(metrics), true);
    check('and nothing else', (await fetch(`${metricsUrl}/v1/jobs`)).status, 404);
    await end(worker);
    check('HEALTHCHECK, when it is gone', isHealthy(), false);
  });
}

/** Runs the image with a command; what it wrote is shown if the work on it fails. */
async function tryCommand(
  image: Image,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  work: (child: ChildProcess, metricsUrl: string, isHealthy: () => boolean) => Promise<void>,
): Promise<void> {
  const metricsPort = String(await freePort());
  const { room, circumstances: built } = image;
  const circumstances = {
    ...built,
    env: { ...built.env, LPD_METRICS_PORT: metricsPort, LPD_WORKERS: '1', ...env },
  };
  const isHealthy = () => {
    try {
      room.run(image.healthcheck, circumstances);
      return true;
    } catch {
      return false;
    }
  };
  const child = room.start([...image.entrypoint, ...command], circumstances);
  const log = listen(child);
  try {
    await work(child, `http://127.0.0.1:${metricsPort}`, isHealthy);
  } catch (error) {
    process.stderr.write(log());
    throw error;
  } finally {
    child.kill('SIGKILL');
  }
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  const late = sleep(END_MS, ['still running'], { ref: false });
  const [code] = await Promise.race([once(child, 'exit'), late]);
  check('SIGTERM ends it', code, 0);
}

function checkProcess({ room, circumstances }: Image, { pid }: ChildProcess): void {
  const status = readFileSync(join(room.root, 'proc', String(pid), 'status'), 'utf8');
  const uid = /^Uid:\t(\d+)/m.exec(status)?.[1];
  check('runs as the image’s user', uid, circumstances.user.split(':')[0]);
  check('who is not root', uid !== '0', true);
  const touch = ['sh', '-c', '! touch written 2>/dev/null'];
  room.run(touch, { ...circumstances, user: '0:0' });
  say('not even root can write beside the volume');
}

async function ready(url: string, service: ChildProcess): Promise<void> {
  const end = performance.now() + START_MS;
  while (performance.now() < end && service.exitCode === null) {
    const status = await fetch(url).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    await sleep(200);
  }
  throw new Error('The service did not become ready.');
}

/** Gives what a process has written so far. */
function listen({ stdout, stderr }: ChildProcess): () => string {
  let text = '';
  for (const stream of [stdout!, stderr!]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return () => text;
}

function check(what: string, found: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(found), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${what}: ${is} instead of ${should}`);
  say(`${what}: ${is}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
