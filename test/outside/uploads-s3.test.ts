/** Uploads of a fleet: two services, one bucket. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { start } from '../cli/spawn.ts';
import { S3PROXY, startS3 } from '../uploads/s3-server.ts';
import { command, serve } from './serving.ts';
import { detect, fieldsOf, grantFor, send } from './upload-client.ts';

vi.setConfig({ testTimeout: 180_000 });

const PORTRAIT = readFileSync(new URL('../../examples/pass.jpg', import.meta.url));

it.skipIf(!S3PROXY)('what one service took, another reads, and nobody overwrites', async () => {
  const data = mkdtempSync(join(tmpdir(), 'lpd-s3-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const keys: string[] = [];
  for (const name of ['mine', 'other'])
    keys.push((await command(data, 'keys', 'create', '--name', name, '--qps', '1000')).trim());
  const [mine = '', other = ''] = keys;
  const server = await startS3((task) => onTestFinished(task));
  const { url, accessKeyId, secretAccessKey } = await server.bucket('uploads');
  const env = {
    LPD_UPLOAD_S3_URL: url,
    LPD_UPLOAD_S3_KEY_ID: accessKeyId,
    LPD_UPLOAD_S3_SECRET: secretAccessKey,
  };
  const cleanup = (task: () => Promise<void>) => onTestFinished(task);
  const [one, two] = await Promise.all([serve(cleanup, data, { env }), serve(cleanup, data, { env })]);

  // Leave from the one is good at the other.
  const grant = await grantFor(one.url, mine);
  const fields = fieldsOf(grant, 'портрет.jpg');
  const host = grant.upload_host.replace(one.url, two.url);
  expect((await send(host, fields, PORTRAIT)).status).toBe(200);
  const address = `oss://${fields.key}`;
  for (const each of [one, two]) {
    expect((await detect(each.url, mine, address)).body.output).toEqual({ pass: true, message: '' });
    expect((await detect(each.url, other, address)).reason).toBe('upload.unknown');
    expect((await send(host.replace(two.url, each.url), fields, PORTRAIT)).reason).toBe('upload.exists');
  }
  // Nothing of it is on this machine, and what is answered outlives the process.
  expect(readdirSync(join(data, 'uploads'))).toEqual([]);
  const last = { ...fields, key: `${grant.upload_dir}/last.jpg` };
  expect((await send(host, last, PORTRAIT)).status).toBe(200);
  await two.end('SIGKILL');
  expect((await detect(one.url, mine, `oss://${last.key}`)).status).toBe(200);

  const { code, err } = await start(['serve', '--port', '0'], {
    env: { ...env, LPD_DATA_DIR: data, LPD_UPLOAD_S3_SECRET: '' },
  }).ended;
  expect([code, err]).toEqual([
    2,
    expect.stringContaining('needs LPD_UPLOAD_S3_KEY_ID and LPD_UPLOAD_S3_SECRET'),
  ]);
});
