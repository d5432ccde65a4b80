import { describe, expect, it } from 'vitest';
import { readHeader } from '../../../src/core/image/header.ts';
import { countCodeGroups } from '../../../src/core/image/vp8l.ts';
import { MAX_CODE_GROUPS } from '../../../src/core/image/webp-codes.ts';
import { decodeImage } from '../../../src/node/decode/decode.ts';
import { riffChunk, vp8x, webp } from './header-writer.ts';
import { generator } from './mutations.ts';
import { draw, encoder } from './pictures.ts';
import { groupsOfCodes } from './vp8l-writer.ts';

const tooComplex = expect.objectContaining({ name: 'DetectError', code: 'image.too_complex' });
const decode = (file: Buffer) => decodeImage(file, readHeader(file, true));
const EDGE = 1024;
const RIFF = 12;
const STREAM = 20 + 5;

/** The groups of a file of one lossless chunk. */
function groups(file: Buffer): number | null {
  const size = file.readUInt32LE(21);
  const area = { width: (size & 0x3fff) + 1, height: ((size >>> 14) & 0x3fff) + 1 };
  return countCodeGroups(file, { start: STREAM, end: 20 + file.readUInt32LE(16), ...area });
}

it.each([1, 2, 255, 257, MAX_CODE_GROUPS])('counts %i groups of codes, and decodes them', async (count) => {
  const file = groupsOfCodes(EDGE, count);
  expect(groups(file)).toBe(count);
  expect((await decode(file)).data.every((level) => level === 0)).toBe(true);
});

describe('more groups are refused before they cost anything', () => {
  const bomb = groupsOfCodes(EDGE, 65_536);
  const stream = bomb.subarray(20, 20 + bomb.readUInt32LE(16));
  const chunk = riffChunk('VP8L', stream);
  const alpha = riffChunk('ALPH', Buffer.concat([Buffer.from([1]), stream.subarray(5)]));
  const frame = Buffer.alloc(16);
  frame.writeUIntLE(EDGE - 1, 6, 3);
  frame.writeUIntLE(EDGE - 1, 9, 3);
  const anmf = (...chunks: Buffer[]) => riffChunk('ANMF', Buffer.concat([frame, ...chunks]));
  const lossy = async () => (await encoder(draw(EDGE, EDGE)).webp().toBuffer()).subarray(RIFF);

  it.each<[string, () => Buffer | Promise<Buffer>]>([
    ['one too many', () => groupsOfCodes(EDGE, MAX_CODE_GROUPS + 1)],
    ['all that there can be', () => bomb],
    ['in an extended file', () => webp(vp8x(EDGE, EDGE, 0), riffChunk('junk', Buffer.alloc(9)), chunk)],
    ['of alpha', async () => webp(vp8x(EDGE, EDGE, 16), alpha, await lossy())],
    ['in the first frame', () => webp(vp8x(EDGE, EDGE, 2), riffChunk('ANIM', Buffer.alloc(6)), anmf(chunk))],
    [
      "of the first frame's alpha",
      async () => webp(vp8x(EDGE, EDGE, 18), riffChunk('ANIM', Buffer.alloc(6)), anmf(alpha, await lossy())),
    ],
  ])('%s', async (_, make) => {
    const file = await make();
    const before = process.cpuUsage();
    await expect(decode(file)).rejects.toEqual(tooComplex);
    const { user, system } = process.cpuUsage(before);
    // They would take a second.
    expect((user + system) / 1000).toBeLessThan(500);
  });
});

it('follows what libwebp writes, with every transform', async () => {
  const random = generator(7);
  const noise = (levels: number) => {
    const raw = draw(257, 131, 4);
    for (let i = 0; i < raw.data.length; i++)
      raw.data[i] = levels === 0 ? raw.data[i] ^ random(4) : random(levels);
    return raw;
  };
  for (const raw of [draw(1, 1), draw(300, 200), noise(0), noise(2), noise(3), noise(256), draw(64, 64, 4)]) {
    for (const effort of [0, 4, 6]) {
      for (const options of [{ lossless: true }, { nearLossless: true, quality: 40 }]) {
        const file = await encoder(raw)
          .webp({ ...options, effort })
          .toBuffer();
        if (file.toString('latin1', RIFF, RIFF + 4) !== 'VP8L') continue;
        const found = groups(file);
        expect(found).toBeGreaterThan(0);
        expect(found).toBeLessThan(100);
        await decode(file);
      }
    }
  }
});

it('ends on damaged streams', async () => {
  const random = generator(11);
  const raw = draw(200, 150, 4);
  for (let i = 0; i < raw.data.length; i++) raw.data[i] ^= random(4);
  const file = await encoder(raw).webp({ lossless: true, effort: 6 }).toBuffer();
  for (let i = 0; i < 500; i++) {
    const damaged = Buffer.from(file);
    for (let flips = random(8); flips >= 0; flips--) damaged[STREAM + random(400)] ^= 1 << random(8);
    const found = groups(damaged);
    expect(found === null || (found > 0 && found <= 65_536)).toBe(true);
  }
});
