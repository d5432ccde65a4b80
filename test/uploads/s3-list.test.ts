/** Lists of a bucket as they should not be: each is a failure, and none an empty bucket. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { S3Client } from '../../src/uploads/s3-client.ts';
import { readPage } from '../../src/uploads/s3-list.ts';

const TIME = '2026-11-29T22:15:00.000Z';

const page = (inside: string) =>
  `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inside}</ListBucketResult>`;
const entry = (key: string, time = `<LastModified>${TIME}</LastModified>`, size = '<Size>7</Size>') =>
  `<Contents><Key>${key}</Key>${time}${size}</Contents>`;

/** A bucket that answers every question so. */
async function bucket(body: string, headers: Record<string, string> = {}): Promise<S3Client> {
  const server = createServer((_request, response) => {
    response.sendDate = false;
    response.writeHead(200, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/b`;
  const client = new S3Client({ url, accessKeyId: 'a', secretAccessKey: 'b', region: 'us-east-1' });
  onTestFinished(() => {
    client.close();
    server.close();
  });
  return client;
}

async function keysOf(client: S3Client): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of client.list('')) keys.push(key);
  return keys;
}

const failure = (message: RegExp) =>
  expect.objectContaining({ code: 'upload.unavailable', message: expect.stringMatching(message) });

it('reads what is there, and how to go on', () => {
  const at = Date.parse(TIME);
  expect(readPage(page(`${entry('a&amp;b')}<IsTruncated>false</IsTruncated>${entry('c')}`))).toEqual({
    entries: [
      { key: 'a&b', bytes: 7, at },
      { key: 'c', bytes: 7, at },
    ],
    token: undefined,
  });
  const next = '<IsTruncated>true</IsTruncated><NextContinuationToken>t&lt;</NextContinuationToken>';
  expect(readPage(page(next))).toEqual({ entries: [], token: 't<' });
});

it.each(['', '<LastModified>soon</LastModified>'])('an object whose time is %j stops no other', (time) => {
  const { entries } = readPage(page(entry('a', time) + entry('b')));
  expect(entries.map(({ at }) => at)).toEqual([undefined, Date.parse(TIME)]);
});

it('a page beyond its limit is a failure', async () => {
  const long = page(entry('a') + ' '.repeat(4 * 1024 * 1024));
  await expect(keysOf(await bucket(long))).rejects.toEqual(failure(/more than 4194304 bytes/));
});

it.each([
  ['what is no list', '<html></html>', /cannot be read/],
  ['nothing', '', /cannot be read/],
  ['an entry without an end', page('<Contents><Key>a</Key>'), /cannot be read/],
  ['a page that does not say how to go on', page('<IsTruncated>true</IsTruncated>'), /cannot be read/],
  [
    'a page that is its own next one',
    page('<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>'),
    /cannot be read/,
  ],
  ['an entry without a size', page(entry('a', undefined, '')), /Size is missing/],
  ['an odd size', page(entry('a', undefined, '<Size>1e9</Size>')), /Size is missing/],
  ['an entry without a key', page(entry('')), /Key is missing/],
])('%s is a failure', async (_what, body, message) => {
  await expect(keysOf(await bucket(body))).rejects.toEqual(failure(message));
});

it('an object without a time is a failure, since it would never be over', async () => {
  await expect((await bucket('x')).get('a', 10)).rejects.toEqual(failure(/LastModified is missing/));
  const told = await bucket('x', { 'last-modified': 'Sun, 29 Nov 2026 22:15:00 GMT' });
  expect(await told.get('a', 10)).toMatchObject({ at: Date.parse(TIME) });
});

it.each([
  ['ends that are missing', '<Contents>'.repeat(350_000)],
  ['ends of elements that are missing', `<Contents>${'<Key>'.repeat(700_000)}</Contents>`],
])('takes no time for %s', (_what, inside) => {
  const start = performance.now();
  expect(() => readPage(page(inside))).toThrow();
  expect(performance.now() - start).toBeLessThan(1_000);
});
