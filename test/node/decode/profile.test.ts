import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readHeader } from '../../../src/core/image/header.ts';
import { decodeImage } from '../../../src/node/decode/decode.ts';
import { chunk, insertAfterHeader, riffChunk, segment, vp8x, webp } from '../../core/image/header-writer.ts';
import { draw, encoder } from '../../core/image/pictures.ts';
import { PLAIN, processing, profileOf } from '../../core/image/profile-writer.ts';

const decode = async (file: Buffer) => (await decodeImage(file, readHeader(file, true))).data;
const raw = draw(96, 64);
const [png, jpeg, still] = await Promise.all([
  encoder(raw).png().toBuffer(),
  encoder(raw).jpeg({ quality: 95 }).toBuffer(),
  encoder(raw).webp({ lossless: true }).toBuffer(),
]);

/** A part of a profile in a JPEG. */
const part = (data: Buffer, number: number, count: number) =>
  segment(0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0', 'latin1'), Buffer.from([number, count]), data]));
const inJpeg = (...parts: Buffer[]) => Buffer.concat([jpeg.subarray(0, 2), ...parts, jpeg.subarray(2)]);

const CARRIERS: [string, Buffer, (profile: Buffer) => Buffer][] = [
  [
    'a PNG',
    png,
    (profile) =>
      insertAfterHeader(png, chunk('iCCP', Buffer.concat([Buffer.from('x\0\0'), deflateSync(profile)]))),
  ],
  ['a JPEG', jpeg, (profile) => inJpeg(part(profile, 1, 1))],
  ['a WebP', still, (profile) => webp(vp8x(96, 64, 32), riffChunk('ICCP', profile), still.subarray(12))],
];

describe.each(CARRIERS)('the profile of %s', (_, plain, carry) => {
  it('is applied', async () => {
    const found = await decode(carry(profileOf(PLAIN)));
    expect(Buffer.compare(found, await decode(plain))).not.toBe(0);
  });

  it('is passed over where it is a list of calculations without end', async () => {
    const file = carry(profileOf([...PLAIN, ['D2B0', processing(5000)]]));
    const before = process.cpuUsage();
    const found = await decode(file);
    const { user, system } = process.cpuUsage(before);
    // They would take three seconds.
    expect((user + system) / 1000).toBeLessThan(500);
    expect(Buffer.compare(found, await decode(plain))).toBe(0);
  });
});

it('a profile in parts is put together, and passed over where they do not fit', async () => {
  const profile = profileOf(PLAIN);
  const [start, end] = [profile.subarray(0, 200), profile.subarray(200)];
  const whole = await decode(inJpeg(part(profile, 1, 1)));
  expect(Buffer.compare(await decode(inJpeg(part(end, 2, 2), part(start, 1, 2))), whole)).toBe(0);

  const without = await decode(jpeg);
  const bomb = profileOf([...PLAIN, ['D2B0', processing(5000)]]);
  const hidden = [
    inJpeg(part(profile, 1, 1), part(bomb, 1, 1)),
    inJpeg(part(bomb, 1, 1), part(profile, 1, 1)),
    inJpeg(part(profile, 1, 2), part(bomb, 3, 2)),
    inJpeg(part(bomb, 0, 1), part(profile, 1, 1)),
  ];
  for (const file of hidden) expect(Buffer.compare(await decode(file), without)).toBe(0);
});
