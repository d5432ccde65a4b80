/** The contract's limits at, just under and just over their numbers, in every format, through the HTTP path. */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build, serve } from './build.ts';

const LIMIT_BYTES = 10 * 1024 * 1024;
const FORMATS = ['jpeg', 'png', 'webp', 'bmp'] as const;
type Format = (typeof FORMATS)[number];

let service: Awaited<ReturnType<typeof build>>;
let images: string;
const files = new Map<string, Uint8Array>();

beforeAll(async () => {
  service = await build(afterAll);
  images = await serve(afterAll, (request, response) => response.end(files.get(request.url ?? '')));
});

/** A white picture with one bit a pixel, so that 4096 x 2048 stays under 10 MiB. */
function bmp(width: number, height: number): Buffer {
  const stride = Math.ceil(width / 32) * 4;
  const head = Buffer.alloc(62);
  head.write('BM');
  head.writeUInt32LE(62 + stride * height, 2);
  head.writeUInt32LE(62, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(1, 28);
  head.writeUInt32LE(0xff_ff_ff, 58);
  return Buffer.concat([head, Buffer.alloc(stride * height, 0xff)]);
}

async function draw(format: Format, width: number, height: number): Promise<Buffer> {
  if (format === 'bmp') return bmp(width, height);
  const create = { width, height, channels: 3, background: '#fff' } as const;
  return sharp({ create }).toFormat(format).toBuffer();
}

async function reasonOf(file: Uint8Array): Promise<string> {
  const path = `/${files.size}`;
  files.set(path, file);
  const response = await fetch(`${service.url}/api/v1/services/aigc/image2video/face-detect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${service.key.secret}` },
    body: JSON.stringify({ model: 'liveportrait-detect', input: { image_url: `${images}${path}` } }),
  });
  const reason = response.headers.get('x-reason') ?? 'none';
  expect(response.status, reason).toBe(reason === 'face.none' ? 200 : 400);
  await response.text();
  return reason;
}

describe.each(FORMATS)('%s', (format) => {
  it.each<[number, number, string]>([
    [4095, 2048, 'face.none'],
    [4096, 2048, 'face.none'],
    [4097, 2049, 'image.edge'],
    [2049, 4097, 'image.edge'],
    [599, 300, 'face.none'],
    [600, 300, 'face.none'],
    [300, 600, 'face.none'],
    [601, 300, 'image.aspect'],
    [300, 601, 'image.aspect'],
    [1, 1, 'face.none'],
  ])('%i x %i: %s', async (width, height, reason) => {
    expect(await reasonOf(await draw(format, width, height))).toBe(reason);
  });

  it.each<[number, string]>([
    [LIMIT_BYTES - 1, 'face.none'],
    [LIMIT_BYTES, 'download.too_large'],
    [LIMIT_BYTES + 1, 'download.too_large'],
  ])('%i bytes: %s', async (length, reason) => {
    const file = Buffer.alloc(length);
    (await draw(format, 300, 300)).copy(file);
    expect(await reasonOf(file)).toBe(reason);
  });
});
