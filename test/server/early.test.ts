/** What the first bytes of a picture are enough to refuse is refused while the rest has not even been sent. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, serve } from './build.ts';

/** Enough of a file for its format and its size, and far from enough for its pixels. */
const FIRST_BYTES = 1024;
/** Far below the deadline of 10 s, which a request that waits for the rest of its picture would run into. */
const SOON_MS = 3_000;

let service: Awaited<ReturnType<typeof build>>;
let images: string;
/** What is sent of each picture, by its path; nothing comes after it, and the connection stays open. */
const starts = new Map<string, { bytes: Uint8Array; length?: number }>();
/** The answer under way, by its path. */
const held = new Map<string, ServerResponse>();

beforeAll(async () => {
  service = await build(afterAll);
  images = await serve(afterAll, ({ url = '' }, response) => {
    const { bytes, length } = starts.get(url) ?? { bytes: Buffer.alloc(0) };
    held.set(url, response);
    if (length !== undefined) response.setHeader('content-length', length);
    response.flushHeaders();
    if (bytes.length > 0) response.write(bytes);
  });
});

async function refusal(bytes: Uint8Array, length?: number) {
  const path = `/${starts.size}`;
  starts.set(path, { bytes, ...(length !== undefined && { length }) });
  const begun = performance.now();
  const response = await fetch(`${service.url}/api/v1/services/aigc/image2video/face-detect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.key.secret}` },
    body: JSON.stringify({ model: 'liveportrait-detect', input: { image_url: `${images}${path}` } }),
  });
  await response.text();
  const answer = held.get(path);
  if (answer && !answer.destroyed) await once(answer, 'close');
  return { reason: response.headers.get('x-reason'), soon: performance.now() - begun < SOON_MS };
}

describe('a picture that has only begun to arrive', () => {
  it.each(['jpeg', 'png', 'webp'] as const)(
    'is refused for its size as soon as a %s tells it',
    async (format) => {
      const create = { width: 5000, height: 2600, channels: 3, background: '#fff' } as const;
      const file = await sharp({ create }).toFormat(format).toBuffer();
      expect(await refusal(file.subarray(0, FIRST_BYTES))).toEqual({ reason: 'image.edge', soon: true });
    },
  );

  it('is refused as soon as it shows that it is none', async () => {
    const page = Buffer.from('<!doctype html><html>');
    expect(await refusal(page)).toEqual({ reason: 'download.not_image', soon: true });
  });

  it('is refused for the length that is announced, before the first byte', async () => {
    expect(await refusal(Buffer.alloc(0), 10 * 1024 * 1024)).toEqual({
      reason: 'download.too_large',
      soon: true,
    });
  });
});
