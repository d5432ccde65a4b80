import { describe, expect, it } from 'vitest';
import { readHeader } from '../../../src/core/image/header.ts';
import { MAX_SEQUENTIAL_PASSES, surveyScans } from '../../../src/core/image/jpeg-scans.ts';
import { decodeImage } from '../../../src/node/decode/decode.ts';
import {
  EMPTY_TABLES,
  emptyDc,
  frameOf,
  huffman,
  jpegOf,
  manyScans,
  refinements,
  restartInterval,
  type Sampling,
  scanOf,
} from './jpeg-writer.ts';
import { draw, encoder } from './pictures.ts';

const decode = (file: Buffer, maxEdge: number) => decodeImage(file, readHeader(file, true), { maxEdge });
const tooComplex = expect.objectContaining({ name: 'DetectError', code: 'image.too_complex' });
const EDGE = 4096;
const BLOCKS = (EDGE / 8) ** 2;
const SCANS = 3000;

/** A scan of two restart intervals whose first is followed by `hider`, and then as many scans as would take minutes. */
function hidden(hider: Uint8Array, interval = 0x7fff): Buffer {
  const scans = refinements(SCANS, BLOCKS);
  return jpegOf(
    frameOf(0xc2, EDGE, EDGE, [[1, 1]]),
    EMPTY_TABLES,
    emptyDc(BLOCKS),
    restartInterval(interval),
    scanOf({ band: [1, 63], bits: [0, 13], data: Buffer.from([0x7f, 0xff, 0]) }),
    hider,
    ...scans,
  );
}

/** A segment that seems to reach over all that follows. */
const long = (marker: number) => Buffer.from([0xff, marker, 0xff, 0xff]);

// What libjpeg does at each is in jdmarker.c: read_markers, next_marker and jpeg_resync_to_restart.
const TRICKS: [string, Buffer][] = [
  ['one after another', manyScans(EDGE, SCANS)],
  ['with restarts of every number between', manyScans(EDGE, SCANS, Buffer.from('ffd0ffd1ffd7ffd3', 'hex'))],
  ['with fill bytes between', manyScans(EDGE, SCANS, Buffer.alloc(9, 0xff))],
  ['with stuffed zeros between', manyScans(EDGE, SCANS, Buffer.from('ff00ffff00', 'hex'))],
  ['with stray bytes between', manyScans(EDGE, SCANS, Buffer.from('0102030405', 'hex'))],
  ['with comments between', manyScans(EDGE, SCANS, Buffer.from('fffe0002ffe10004dad9', 'hex'))],
  ['with a length of zero between', manyScans(EDGE, SCANS, Buffer.from('fffe0000', 'hex'))],
  ['with new restart intervals between', manyScans(EDGE, SCANS, restartInterval(7))],
  ['with a number of lines between', manyScans(EDGE, SCANS, Buffer.from('ffdc00041000', 'hex'))],
  ['with tables between', manyScans(EDGE, SCANS, EMPTY_TABLES)],
  ['behind a reserved marker', hidden(long(0x02))],
  ['behind the last reserved marker', hidden(long(0xbf))],
  ['behind a TEM marker', hidden(long(0x01))],
  ['behind a restart out of turn', hidden(long(0xd4))],
  ['behind a reserved marker with fill bytes', hidden(Buffer.from('ffffffff02ffff', 'hex'))],
  ['behind a chain of reserved markers', hidden(Buffer.concat([long(0x02), long(0x30), long(0x9f)]))],
  ['behind a reserved marker, without restarts', hidden(long(0x02), 0)],
  ['behind a marker of an extension', hidden(long(0xf0))],
  ['behind a second start', hidden(long(0xd8))],
  ['behind a second frame header', hidden(long(0xc2))],
  ['behind a scan header of a wrong length', hidden(long(0xda))],
  ['behind a scan header of an unknown component', hidden(Buffer.from('ffda0008010900003f00', 'hex'))],
];

describe('scans in their thousands are refused before they cost anything', () => {
  it.each(TRICKS)('%s', async (_, file) => {
    const before = process.cpuUsage();
    await expect(decode(file, 1280)).rejects.toEqual(tooComplex);
    const { user, system } = process.cpuUsage(before);
    // They would take a minute.
    expect((user + system) / 1e6).toBeLessThan(1);
  });
});

it('what jumps over scans as libjpeg does is not taken for them', async () => {
  const comment = Buffer.concat([Buffer.from('fffeea62', 'hex'), Buffer.alloc(60_000, scanOf({}))]);
  const blocks = 64;
  const grey: readonly Sampling[] = [[1, 1]];
  const file = jpegOf(frameOf(0xc2, 64, 64, grey), EMPTY_TABLES, emptyDc(blocks), comment);
  expect((await decode(file, 64)).data.every((level) => level === 128)).toBe(true);
});

describe('the passes of a JPEG', () => {
  const colours: readonly Sampling[] = [
    [2, 2],
    [1, 1],
    [1, 1],
  ];
  // 24 for a block and 1 for each coefficient: 88 a pass.
  it.each([
    ['of DC alone', 28, (count: number) => new Array(count).fill(emptyDc(64))],
    ['of AC', 8, (count: number) => refinements(count, 64)],
  ])('%s are bounded', (_, most, scans) => {
    const file = (count: number) => jpegOf(frameOf(0xc2, 64, 64, [[1, 1]]), EMPTY_TABLES, ...scans(count));
    expect(surveyScans(file(most))).toMatchObject({ ended: true });
    expect(() => surveyScans(file(most + 1))).toThrow(tooComplex);
  });

  it('count each component by its blocks', () => {
    const file = (component: number, count: number) =>
      jpegOf(frameOf(0xc2, 64, 64, colours), EMPTY_TABLES, ...refinements(count, 64, component));
    // Two thirds of the blocks are of the first component, a sixth of each other.
    expect(surveyScans(file(0, 12))).toMatchObject({ ended: true });
    expect(() => surveyScans(file(0, 13))).toThrow(tooComplex);
    expect(surveyScans(file(2, 48))).toMatchObject({ ended: true });
    expect(() => surveyScans(file(2, 49))).toThrow(tooComplex);
  });

  it('of a sequential one with a scan for each component are bounded too', () => {
    const tables = Buffer.concat([huffman(0, 1, [0]), huffman(1, 1, [0])]);
    const file = (rounds: number) =>
      jpegOf(
        frameOf(0xc0, 64, 64, colours),
        tables,
        ...new Array(rounds)
          .fill([0, 1, 2])
          .flat()
          .map((component) => scanOf({ components: [component] })),
      );
    expect(surveyScans(file(MAX_SEQUENTIAL_PASSES))).toEqual({
      ended: true,
      complete: true,
      isBuffered: true,
    });
    expect(() => surveyScans(file(MAX_SEQUENTIAL_PASSES + 1))).toThrow(tooComplex);
  });

  it.each([
    ['grey', 1, {}],
    ['4:2:0', 3, {}],
    ['4:4:4', 3, { chromaSubsampling: '4:4:4' }],
  ] as const)('leave what encoders write in peace: %s', async (_, channels, options) => {
    for (const quality of [10, 50, 80, 100]) {
      for (const script of [{ progressive: true }, { mozjpeg: true }, { optimiseScans: true }, {}]) {
        for (const [width, height] of [
          [1, 1],
          [9, 17],
          [700, 500],
        ]) {
          const image = encoder(draw(width, height, channels));
          if (channels === 1) image.toColourspace('b-w');
          const file = await image.jpeg({ quality, ...options, ...script }).toBuffer();
          expect(surveyScans(file)).toMatchObject({ ended: true, complete: true });
        }
      }
    }
  });
});

it.each(['fff0', 'ffd8', 'fffe0002', 'ffe10002', 'ffda', 'ffc2'])(
  'markers in their millions are refused: %s',
  (part) => {
    const filling = Buffer.alloc(10 * 1024 * 1024, Buffer.from(part, 'hex'));
    const file = jpegOf(frameOf(0xc2, 64, 64, [[1, 1]]), EMPTY_TABLES, emptyDc(64), filling);
    expect(() => surveyScans(file)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^image\.(corrupt|too_complex)$/) }),
    );
  },
);

it('goes through the longest files in no time, whatever they are made of', () => {
  const parts = [
    'ff',
    'ffd0',
    'ff00',
    'ffffd0',
    '00',
    '0000000000000000000000000000000000000000000000ff00',
    'ff01',
  ];
  for (const part of parts) {
    const filling = Buffer.alloc(10 * 1024 * 1024, Buffer.from(part, 'hex'));
    const file = jpegOf(frameOf(0xc2, 64, 64, [[1, 1]]), EMPTY_TABLES, emptyDc(64), filling);
    const before = process.cpuUsage();
    expect(surveyScans(file)).toMatchObject({ ended: true });
    expect(process.cpuUsage(before).user / 1000, part).toBeLessThan(500);
  }
});
