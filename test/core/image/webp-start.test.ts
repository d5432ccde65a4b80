import sharp, { type WebpOptions } from 'sharp';
import { describe, expect, it } from 'vitest';
import { MAX_BLOCKS } from '../../../src/core/image/blocks.ts';
import { readHeader } from '../../../src/core/image/header.ts';
import { cutToFirstPicture } from '../../../src/core/image/webp-start.ts';
import { decodeImage } from '../../../src/node/decode/decode.ts';
import { riffChunk, tiff, vp8x, webp } from './header-writer.ts';
import { draw, encoder, type Raw } from './pictures.ts';

const ANIMATION = 2;
const ALPHA = 16;
const PROFILE = 32;
const EXIF_AND_XMP = 12;

interface Frame {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  /** 1: cleared afterwards, 2: not blended with what is below. */
  readonly flags?: number;
  /** The chunks of its picture. */
  readonly chunks: Buffer;
}

/** The chunks of a still WebP, ready to stand in a frame. */
async function chunksOf(raw: Raw, options: WebpOptions): Promise<Buffer> {
  const file = await encoder(raw).webp(options).toBuffer();
  return file.toString('latin1', 12, 16) === 'VP8X' ? file.subarray(30) : file.subarray(12);
}

function anmf({ x = 0, y = 0, width, height, flags = 0, chunks }: Frame): Buffer {
  const head = Buffer.alloc(16);
  head.writeUIntLE(x / 2, 0, 3);
  head.writeUIntLE(y / 2, 3, 3);
  head.writeUIntLE(width - 1, 6, 3);
  head.writeUIntLE(height - 1, 9, 3);
  head.writeUIntLE(40, 12, 3);
  head[15] = flags;
  return riffChunk('ANMF', Buffer.concat([head, chunks]));
}

/** The start of an animation on a canvas of 60 x 40 with a background of red, half transparent. */
function animationOf(flags: number, frames: readonly Buffer[], extra: readonly Buffer[] = []): Buffer {
  const anim = riffChunk('ANIM', Buffer.from([0, 0, 255, 128, 0, 0]));
  return webp(vp8x(60, 40, ANIMATION | flags), ...extra, anim, ...frames);
}

/** What libvips shows of a file's first page. */
const shown = (file: Uint8Array) => sharp(file).raw().toBuffer({ resolveWithObject: true });

describe('a cut animation shows what the first page of the whole one does', async () => {
  const full = { width: 60, height: 40 };
  const part = { x: 10, y: 6, width: 30, height: 20 };
  const kinds: [string, WebpOptions][] = [
    ['lossy', { quality: 80 }],
    ['lossless', { lossless: true }],
    ['near-lossless', { nearLossless: true, quality: 60 }],
  ];
  const later = anmf({ ...full, chunks: await chunksOf(draw(60, 40, 3), { quality: 20 }) });
  const small = anmf({ ...part, chunks: await chunksOf(draw(30, 20, 4), { lossless: true }) });
  const clear = anmf({ ...full, chunks: await chunksOf(draw(60, 40, 4), { lossless: true }) });
  const misty = anmf({ ...full, chunks: await chunksOf(draw(60, 40, 4), { quality: 50 }) });
  const files: [string, Buffer][] = [];
  for (const [kind, options] of kinds) {
    for (const channels of [3, 4] as const) {
      for (const flags of [0, 1, 2, 3]) {
        const whole = anmf({ ...full, flags, chunks: await chunksOf(draw(60, 40, channels), options) });
        const offset = anmf({ ...part, flags, chunks: await chunksOf(draw(30, 20, channels), options) });
        for (const alpha of channels === 4 ? [ALPHA] : [0, ALPHA]) {
          const name = `${kind}, ${channels} channels, flags ${flags}, ${alpha ? 'with' : 'without'} alpha`;
          files.push([`${name}, alone`, animationOf(alpha, [whole])]);
          files.push([`${name}, part, alone`, animationOf(alpha, [offset])]);
          files.push([`${name}, two`, animationOf(alpha, [whole, later])]);
          files.push([`${name}, three`, animationOf(alpha, [whole, later, later])]);
          files.push([`${name}, four with a lossless one`, animationOf(alpha, [whole, later, clear, later])]);
          files.push([`${name}, four with a lossy one`, animationOf(alpha, [whole, later, misty, later])]);
          files.push([`${name}, five`, animationOf(alpha, [whole, later, small, later, small])]);
          files.push([`${name}, part, five`, animationOf(alpha, [offset, later, small, later, small])]);
        }
      }
    }
  }

  it.each(files)('%s', async (_, file) => {
    const [expected, found] = await Promise.all([shown(file), shown(cutToFirstPicture(file))]);
    expect(found.info).toEqual(expected.info);
    expect(Buffer.compare(found.data, expected.data)).toBe(0);
    const pixels = await decodeImage(file, readHeader(file, true));
    const flat = await sharp(file).flatten({ background: '#ffffff' }).toColourspace('srgb').raw().toBuffer();
    expect(Buffer.compare(pixels.data, flat)).toBe(0);
    for (const maxEdge of [31, 20]) {
      const { data } = await decodeImage(file, readHeader(file, true), { maxEdge });
      const height = Math.round((maxEdge * 40) / 60);
      const scaled = await sharp(file)
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb')
        .resize({ width: maxEdge, height, fit: 'fill', kernel: 'linear' })
        .raw()
        .toBuffer();
      expect(Buffer.compare(data, scaled)).toBe(0);
    }
  });

  it('and keeps its profile and its orientation', async () => {
    const { icc } = await sharp(await encoder(draw(60, 40)).withIccProfile('p3').png().toBuffer()).metadata();
    const profile = riffChunk('ICCP', icc as Buffer);
    const frame = anmf({ ...full, chunks: await chunksOf(draw(60, 40), { lossless: true }) });
    const behind = [riffChunk('EXIF', tiff(6)), riffChunk('XMP ', Buffer.from('<x/>'))];
    const file = animationOf(PROFILE | EXIF_AND_XMP, [frame, later, small, ...behind], [profile]);
    const header = readHeader(file, true);
    expect(header).toMatchObject({ orientation: 6, animated: true });
    const { data } = await decodeImage(file, { ...header, orientation: 1 });
    const expected = await sharp(file)
      .toColourspace('srgb')
      .flatten({ background: '#ffffff' })
      .raw()
      .toBuffer();
    expect(Buffer.compare(data, expected)).toBe(0);
    const cut = await sharp(cutToFirstPicture(file)).metadata();
    expect([cut.pages, cut.icc?.length, cut.exif, cut.xmp]).toEqual([2, icc?.length, undefined, undefined]);
  });
});

describe('the chunks of a WebP', async () => {
  const still = await chunksOf(draw(60, 40), { lossless: true });
  const frame = anmf({ width: 60, height: 40, chunks: still });
  const cost = async (file: Buffer) => {
    const before = process.cpuUsage();
    await decodeImage(file, readHeader(file, true));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };

  it('cost nothing in an animation of a hundred thousand frames', async () => {
    const tiny = anmf({
      width: 1,
      height: 1,
      chunks: await chunksOf({ data: Buffer.alloc(3), width: 1, height: 1, channels: 3 }, { lossless: true }),
    });
    const many = animationOf(0, [frame, ...new Array(100_000).fill(tiny)]);
    await cost(animationOf(0, [frame, tiny]));
    // libwebp would take 40 seconds to number them.
    expect(await cost(many)).toBeLessThan(500);
  });

  it('are bounded in a still picture', async () => {
    const file = (count: number) =>
      webp(vp8x(60, 40, 0), ...new Array(count).fill(riffChunk('junk', Buffer.alloc(0))), still);
    const most = MAX_BLOCKS - 2;
    expect(await decodeImage(file(most), readHeader(file(most), true))).toMatchObject({ width: 60 });
    const corrupt = expect.objectContaining({ code: 'image.corrupt' });
    await expect(decodeImage(file(most + 1), readHeader(file(most + 1), true))).rejects.toEqual(corrupt);
  });

  it('of an animation without a frame are refused', async () => {
    const file = animationOf(0, []);
    await expect(decodeImage(file, readHeader(file, true))).rejects.toMatchObject({ code: 'image.corrupt' });
  });
});
