/** Files that are expensive to decode, and files that are not quite whole, as customers upload them. */
import { readFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Inspection } from '../../src/core/inspection.ts';
import { chunk, insertAfterHeader, riffChunk, webp } from '../core/image/header-writer.ts';
import { manyScans } from '../core/image/jpeg-writer.ts';
import { draw, encoder } from '../core/image/pictures.ts';
import { PLAIN, processing, profileOf } from '../core/image/profile-writer.ts';
import { groupsOfCodes } from '../core/image/vp8l-writer.ts';
import { type Service, startService } from './service.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const cleanups: (() => Promise<void>)[] = [];
let service: Service;
let portrait: Buffer;

beforeAll(async () => {
  const cleanup = (task: () => Promise<void>) => void cleanups.unshift(task);
  service = await startService(cleanup, { keys: ['customer'], args: ['--cache', '0'] });
  portrait = await readFile(new URL('../fixtures/drawn/beard.jpg', import.meta.url));
});
afterAll(async () => {
  for (const task of cleanups) await task();
});

/** Uploads a file. @returns the answer, its reason, and how long it took in ms */
async function inspect(file: Uint8Array) {
  const begun = performance.now();
  const answer = await fetch(`${service.url}/v1/inspect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.secrets[0]}`, 'content-type': 'application/octet-stream' },
    body: file,
  });
  const text = await answer.text();
  const took = performance.now() - begun;
  return { status: answer.status, reason: answer.headers.get('x-reason'), text, took };
}

async function looked(file: Uint8Array): Promise<Inspection> {
  const { status, text } = await inspect(file);
  expect({ status, text }).toMatchObject({ status: 200 });
  return JSON.parse(text);
}

test.each([
  ['a JPEG of 3,000 scans', () => manyScans(4096, 3000)],
  ['a JPEG of 3,000 scans behind a marker of no length', () => hidden(3000)],
  ['a WebP of 65,536 groups of codes', () => groupsOfCodes(1024, 65_536)],
])('%s is refused, in not much more time than an ordinary picture takes', async (_, make) => {
  const file = make();
  await inspect(portrait);
  const ordinary = await inspect(portrait);
  const bomb = await inspect(file);
  expect(bomb).toMatchObject({ status: 400, reason: 'image.too_complex' });
  // Decoded, it would take from twenty to a thousand times as long.
  expect(bomb.took).toBeLessThan(5 * ordinary.took + 500);
});

/** Scans behind 0xff02, whose "length" would reach over some of them, as far as a reader thinks that it has one. */
function hidden(scans: number): Buffer {
  const file = manyScans(4096, scans);
  const second = file.indexOf(Buffer.from([0xff, 0xda]), file.indexOf(Buffer.from([0xff, 0xda])) + 2);
  const interval = Buffer.from('ffdd00047fff', 'hex');
  return Buffer.concat([
    file.subarray(0, second),
    interval,
    Buffer.from('ff02ffff', 'hex'),
    file.subarray(second),
  ]);
}

test('a PNG whose profile would take minutes is judged like the one without', async () => {
  const png = await encoder(draw(400, 300)).png().toBuffer();
  const profile = deflateSync(profileOf([...PLAIN, ['D2B0', processing(100_000)]]));
  const bomb = insertAfterHeader(
    png,
    chunk('iCCP', Buffer.concat([Buffer.from('a\0\0', 'latin1'), profile])),
  );
  const [{ checks, reason }, expected] = [await looked(bomb), await looked(png)];
  expect({ checks, reason }).toEqual({ checks: expected.checks, reason: expected.reason });
});

test('a JPEG without its end marker gets the verdict of the whole one, and an advisory', async () => {
  const whole = await looked(portrait);
  const cut = await looked(portrait.subarray(0, -2));
  expect(cut).toMatchObject({ pass: whole.pass, reason: whole.reason, subject: whole.subject });
  const failing = ({ checks }: Inspection) =>
    checks.filter(({ status }) => status === 'fail').map(({ reason }) => reason);
  expect(failing(whole)).not.toContain('image.repaired');
  expect(failing(cut)).toEqual([...failing(whole), 'image.repaired']);
  expect(cut.checks.find(({ id }) => id === 'whole')).toMatchObject({ advisory: true, value: 2 });
});

test('half a JPEG is refused', async () => {
  const half = await inspect(portrait.subarray(0, portrait.length >> 1));
  expect(half).toMatchObject({ status: 400, reason: 'image.corrupt' });
});

test('a lossless WebP of 28 bytes has no face', async () => {
  const file = webp(riffChunk('VP8L', Buffer.from('2f00000000888808', 'hex')));
  expect(await looked(file)).toMatchObject({
    pass: false,
    reason: 'face.none',
    image: { width: 1, height: 1 },
  });
});
