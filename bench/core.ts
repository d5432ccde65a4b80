/**
 * What a picture costs the service, where the sizing of a fleet begins: `npm run build && npm run bench:core`. A real
 * service in a process of its own, as busy as it gets; pictures come over TLS, one connection each, as they do on the
 * Internet, and every one is inspected.
 *
 * `--seconds 60` is how long each load lasts (10 by default); `--workers 1,2` which numbers of workers are tried.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import {
  familyCpuMsOf,
  mainThreadMsOf,
  makeKey,
  memoryMbOf,
  servePictures,
  startCommand,
} from './service.ts';
import { ms, table } from './statistics.ts';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    workers: { type: 'string', default: '1,2' },
  },
});
/** How long the service is warmed up, in seconds. */
const WARM_UP_S = 2;

const pictures = await servePictures({ tls: true });
const rows: string[][] = [];
for (const workers of options.workers.split(',').map(Number)) rows.push(await measure(workers));
await pictures.close();
const head = ['workers', 'pictures a second', 'processor ms a picture', 'of which main thread', 'memory MB'];
process.stdout.write(`${pictures.bytes.length} bytes a picture.\n\n${table(head, rows)}`);

async function measure(workers: number): Promise<string[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lpd-bench-'));
  const env = { ...pictures.env, LPD_DATA_DIR: dataDir, LPD_WORKERS: String(workers) };
  const key = await makeKey(env);
  const service = await startCommand('serve', env);
  const { pid } = service.child;
  try {
    const url = await service.says(/"url":"([^"]+)"/);
    const fire = (seconds: number) =>
      autocannon({
        url: `${url}/v1/inspect`,
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ url: pictures.url }),
        connections: 2 * workers,
        duration: seconds,
      });
    await fire(WARM_UP_S);
    const [cpu, main] = [await familyCpuMsOf(pid), await mainThreadMsOf(pid)];
    const load = await fire(Number(options.seconds));
    const answered = load['2xx'];
    if (answered === 0) throw new Error(`Nothing was answered: ${JSON.stringify(load.statusCodeStats)}`);
    return [
      String(workers),
      (answered / load.duration).toFixed(1),
      ms(((await familyCpuMsOf(pid)) - cpu) / answered),
      ms(((await mainThreadMsOf(pid)) - main) / answered),
      (await memoryMbOf(pid)).toFixed(0),
    ];
  } finally {
    await service.stop();
    await rm(dataDir, { recursive: true });
  }
}
