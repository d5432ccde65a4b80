import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { placeOf } from '../../src/uploads/place.ts';
import { S3Client } from '../../src/uploads/s3-client.ts';
import { S3Store } from '../../src/uploads/s3-store.ts';
import { MAX_UPLOAD_BYTES } from '../../src/uploads/signer.ts';
import { cleanupAfterAll } from '../cleanup.ts';
import { serveHere } from '../serve-here.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { S3PROXY, type S3Server, startS3 } from './s3-server.ts';
import { uploadStoreSuite } from './suite.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const PLACE = placeOf('dashscope-instant/0123456789abcdef/day/one/a.jpg');

describe.skipIf(!S3PROXY)('on S3Proxy', () => {
  let server: S3Server;
  let number = 0;
  const cleanup = cleanupAfterAll();
  beforeAll(async () => {
    server = await startS3(cleanup);
  });

  uploadStoreSuite(55, async () => {
    const options = { ...(await server.bucket(`uploads-${number++}`)), pageKeys: 20 };
    const folder = await mkdtemp(join(tmpdir(), 'lpd-uploads-'));
    return {
      open: () => S3Store.open(options, folder),
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  });

  it('says that it cannot be used: no such bucket, another secret', async () => {
    const options = await server.bucket('mine');
    const folder = await temporaryDirectory();
    for (const wrong of [
      { ...options, url: `${options.url}-not` },
      { ...options, secretAccessKey: 'another' },
    ]) {
      await expect(S3Store.open(wrong, folder)).rejects.toMatchObject({
        code: 'upload.unavailable',
        message: expect.stringMatching(
          /^The store of uploads answered (404 NoSuchBucket|403 SignatureDoesNotMatch)\.$/,
        ),
      });
    }
  });
});

/** A server that answers as it is told, one after the other. */
async function answering(...statuses: readonly number[]): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const host = await serveHere((request, response) => {
    request.resume();
    const status = statuses[asked.length] ?? 500;
    asked.push(`${request.method} ${request.url}`);
    request.once('end', () => response.writeHead(status).end('x'));
  });
  return { url: `http://${host}/b`, asked };
}

const CREDENTIALS = { accessKeyId: 'a', secretAccessKey: 'b', region: 'us-east-1' };

it('refuses a store that overwrites', async () => {
  const { url } = await answering(200, 200);
  await expect(S3Store.open({ url, ...CREDENTIALS }, await temporaryDirectory())).rejects.toMatchObject({
    code: 'option.invalid',
  });
});

it('asks again when the store stumbles, but does not write again', async () => {
  const { url, asked } = await answering(200, 412, 503, 404, 500, 204, 503);
  const folder = await temporaryDirectory();
  const file = join(folder, 'file');
  await writeFile(file, 'x');
  const store = await S3Store.open({ url, ...CREDENTIALS }, folder);
  expect(await store.get(PLACE, 10)).toBeUndefined();
  await store.remove(PLACE);
  await expect(store.put(PLACE, file, 1)).rejects.toMatchObject({
    code: 'upload.unavailable',
  });
  expect(asked.map((line) => line.split(' ')[0])).toEqual([
    'PUT',
    'PUT',
    'GET',
    'GET',
    'DELETE',
    'DELETE',
    'PUT',
  ]);
  store.close();
});

it('says with the words of S3 why it cannot be used, and does not wait for as long as that would like', async () => {
  const host = await serveHere((request, response) => {
    const isRead = request.method === 'GET';
    request.resume().once('end', () => {
      response.writeHead(isRead ? 503 : 403, { 'retry-after': '3600' });
      response.end(
        '<?xml version="1.0"?><Error><Code>RequestTimeTooSkewed</Code><Message>a</Message></Error>',
      );
    });
  });
  const url = `http://${host}/b`;
  await expect(S3Store.open({ url, ...CREDENTIALS }, await temporaryDirectory())).rejects.toMatchObject({
    code: 'upload.unavailable',
    message: 'The store of uploads answered 403 RequestTimeTooSkewed.',
  });
  const client = new S3Client({ url, ...CREDENTIALS });
  onTestFinished(() => client.close());
  const begun = performance.now();
  await expect(client.get('a', 10)).rejects.toMatchObject({ message: 'The store of uploads answered 503.' });
  expect(performance.now() - begun).toBeLessThan(8_000);
});

it('says that nobody is there', async () => {
  const options = { url: 'http://127.0.0.1:9/b', ...CREDENTIALS };
  await expect(S3Store.open(options, await temporaryDirectory())).rejects.toMatchObject({
    code: 'upload.unavailable',
  });
});

it('leaves a store time that reads a file in fits and starts: the system takes some MB ahead of it', async () => {
  let bytes = 0;
  const host = await serveHere((request, response) => {
    request.once('data', () => {
      request.pause();
      setTimeout(() => request.resume(), 8_000);
    });
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    request.once('end', () => response.writeHead(200).end());
  });
  const file = join(await temporaryDirectory(), 'file');
  await writeFile(file, Buffer.alloc(MAX_UPLOAD_BYTES));
  const client = new S3Client({ url: `http://${host}/b`, ...CREDENTIALS });
  onTestFinished(() => client.close());
  expect(await client.put('a', file, MAX_UPLOAD_BYTES)).toBe(true);
  expect(bytes).toBe(MAX_UPLOAD_BYTES);
});
