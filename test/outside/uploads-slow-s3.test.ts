/** A store of uploads that drips, and whose list is odd, costs those who name it some seconds, and stops nothing. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it, onTestFinished, vi } from 'vitest';
import { serveHere } from '../serve-here.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { KEY, serve } from './serving.ts';
import { detect, grantFor } from './upload-client.ts';

vi.setConfig({ testTimeout: 120_000 });

const OURS = `liveportrait-detect/${'0'.repeat(16)}`;
const OLD = '<LastModified>2001-01-01T00:00:00.000Z</LastModified>';
const object = (name: string, time: string) =>
  `<Contents><Key>${OURS}/${name}</Key>${time}<Size>7</Size></Contents>`;
const nameOf = (text: string) => createHash('sha256').update(text).digest('hex');
const LIST = `<ListBucketResult>${object(nameOf('a'), '')}${object(nameOf('b'), '<LastModified>soon</LastModified>')}${object(nameOf('c'), OLD)}${object(nameOf('d'), OLD)}</ListBucketResult>`;

/** A bucket that has four objects, lets one of the two old ones go, and gives whatever is read by a byte in 200 ms. */
async function oddBucket() {
  const removed: string[] = [];
  let open = 0;
  let puts = 0;
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const { method, url = '' } = request;
    if (method === 'PUT') return response.writeHead(puts++ === 0 ? 200 : 412).end();
    if (method === 'DELETE') {
      removed.push(url.split('/').at(-1) ?? '');
      return response.writeHead(url.endsWith(nameOf('c')) ? 403 : 204).end();
    }
    if (url.includes('list-type')) return response.end(LIST);
    response.writeHead(200, { 'content-length': 1_000_000, 'last-modified': new Date().toUTCString() });
    open++;
    const timer = setInterval(() => response.write('x'), 200);
    return response.once('close', () => {
      open--;
      clearInterval(timer);
    });
  };
  const host = await serveHere((request, response) => {
    request.resume().once('end', () => answer(request, response));
  });
  return { url: `http://${host}/b`, removed, open: () => open };
}

/** Names an upload to one of our own paths. */
function post(url: string, address: string, signal: AbortSignal | null = null): Promise<Response> {
  const headers = {
    authorization: `Bearer ${KEY}`,
    'content-type': 'application/json',
    'X-DashScope-OssResourceResolve': 'enable',
  };
  return fetch(url, { method: 'POST', signal, headers, body: JSON.stringify({ url: address }) });
}

it('a store that drips is given up, and what it cannot date or remove stops no other', async () => {
  const bucket = await oddBucket();
  const env = {
    LPD_UPLOAD_S3_URL: bucket.url,
    LPD_UPLOAD_S3_KEY_ID: 'a',
    LPD_UPLOAD_S3_SECRET: 'b',
    LPD_DEADLINE_MS: '6000',
  };
  const service = await serve((task) => onTestFinished(task), await temporaryDirectory(), { env });
  expect(bucket.removed.sort()).toEqual([nameOf('c'), nameOf('d')].sort());
  const lines = service.said().split('\n');
  expect(lines.filter((line) => line.includes('an upload stays'))).toHaveLength(1);
  expect(service.said()).toContain('uploads whose time is over could not be removed');

  const { upload_dir } = await grantFor(service.url, KEY);
  const address = `oss://${upload_dir}/a.jpg`;
  const begun = performance.now();
  expect(await detect(service.url, KEY, address)).toMatchObject({
    status: 500,
    reason: 'upload.unavailable',
  });
  const fixed = await post(`${service.url}/v1/fix`, address);
  expect([fixed.status, fixed.headers.get('x-reason')]).toEqual([500, 'upload.unavailable']);
  // The least speed is looked at every three seconds, and the deadline would have come at six.
  expect(performance.now() - begun).toBeLessThan(11_000);
  await vi.waitFor(() => expect(bucket.open()).toBe(0));
  expect(service.said()).toContain('under 4096 bytes a second');

  // Whoever hangs up ends what was read for them.
  const hungUp = new AbortController();
  const asked = post(`${service.url}/v1/inspect`, address, hungUp.signal).catch(() => undefined);
  await vi.waitFor(() => expect(bucket.open()).toBe(1));
  const at = performance.now();
  hungUp.abort();
  await asked;
  await vi.waitFor(() => expect(bucket.open()).toBe(0));
  expect(performance.now() - at).toBeLessThan(1_500);
});
