/** S3Proxy, a real server of S3, on loopback. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsV4Signer } from 'aws4fetch';
import { vi } from 'vitest';
import type { S3Options } from '../../src/uploads/s3-client.ts';
import { freePort } from '../free-port.ts';
import { prepareS3Proxy } from '../sdks/prepare.ts';

/** Where its classes are; undefined where it cannot be had, which a line has said. */
export const S3PROXY = await prepareS3Proxy();

const CREDENTIALS = {
  accessKeyId: 'local-identity',
  secretAccessKey: 'local-credential',
  region: 'us-east-1',
};

/** A server that runs, and makes buckets. */
export interface S3Server {
  readonly bucket: (name: string) => Promise<S3Options>;
}

/** Starts it. @param cleanup takes what ends it */
export async function startS3(cleanup: (task: () => void) => void): Promise<S3Server> {
  const folder = mkdtempSync(join(tmpdir(), 'lpd-s3-'));
  cleanup(() => rmSync(folder, { recursive: true, force: true }));
  const endpoint = `http://127.0.0.1:${await freePort()}`;
  const lines = [
    `s3proxy.endpoint=${endpoint}`,
    's3proxy.authorization=aws-v4',
    `s3proxy.identity=${CREDENTIALS.accessKeyId}`,
    `s3proxy.credential=${CREDENTIALS.secretAccessKey}`,
    'jclouds.provider=filesystem-nio2',
    `jclouds.filesystem.basedir=${folder}`,
  ];
  writeFileSync(join(folder, 's3proxy.conf'), lines.join('\n'));
  const args = ['-cp', S3PROXY ?? '', 'org.gaul.s3proxy.Main', '--properties', join(folder, 's3proxy.conf')];
  const child = spawn('java', args, { stdio: 'ignore' });
  cleanup(() => void child.kill('SIGKILL'));
  const sign = (method: string, url: string) =>
    new AwsV4Signer({ method, url, service: 's3', ...CREDENTIALS }).sign();
  const call = async (method: string, path: string) => {
    const { url, headers } = await sign(method, endpoint + path);
    const { status } = await fetch(url, { method, headers });
    if (status !== 200) throw new Error(`${method} ${path}: ${status}`);
  };
  await vi.waitFor(() => call('GET', '/'), { timeout: 60_000, interval: 200 });
  return {
    bucket: async (name) => {
      await call('PUT', `/${name}`);
      return { url: `${endpoint}/${name}`, ...CREDENTIALS };
    },
  };
}
