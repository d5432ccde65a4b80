import { describe, expect, it } from 'vitest';
import { readBaseline } from '../../../../src/node/decode/jpeg/baseline.ts';
import { segment } from '../../../core/image/header-writer.ts';
import {
  frameOf,
  huffman,
  jpegOf,
  QUANTIZERS,
  restartInterval,
  type Sampling,
  scanOf,
} from '../../../core/image/jpeg-writer.ts';

const TABLES = Buffer.concat([huffman(0, 1, [0]), huffman(1, 1, [0])]);
const DATA = Buffer.alloc(40);
const one: readonly Sampling[] = [[1, 1]];
const three = (first: Sampling): readonly Sampling[] => [first, [1, 1], [1, 1]];

const file = (samplings: readonly Sampling[], marker = 0xc0, precision = 8) =>
  jpegOf(
    frameOf(marker, 48, 32, samplings, precision),
    TABLES,
    restartInterval(3),
    scanOf({ components: samplings.map((_, i) => i), data: DATA }),
  );

describe('a baseline JPEG is read', () => {
  it.each([
    ['with one plane', one, [[1, 1]]],
    ['with one plane that has a sampling', [[2, 2]], [[1, 1]]],
    [
      'with colours at full size',
      three([1, 1]),
      [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
    ],
    [
      'with colours at half the width',
      three([2, 1]),
      [
        [2, 1],
        [1, 1],
        [1, 1],
      ],
    ],
    [
      'with colours at half the size',
      three([2, 2]),
      [
        [2, 2],
        [1, 1],
        [1, 1],
      ],
    ],
  ] as const)('%s', (_, samplings, units) => {
    for (const marker of [0xc0, 0xc1]) {
      const bytes = file(samplings as readonly Sampling[], marker);
      const baseline = readBaseline(bytes);
      expect(baseline).toMatchObject({ width: 48, height: 32, restart: 3 });
      expect(baseline?.planes.map(({ across, down }) => [across, down])).toEqual(units);
      expect(Buffer.compare(bytes.subarray(baseline?.data, -2), DATA)).toBe(0);
    }
  });
});

describe('another kind is not', () => {
  const SIXTEEN_BITS = segment(0xdb, Buffer.from([0x10, ...new Array(128).fill(1)]));
  const ZERO_STEP = segment(0xdb, Buffer.from([0, 0, ...new Array(63).fill(1)]));
  const whole = (...parts: Buffer[]) => jpegOf(...parts, scanOf({ data: DATA }));
  it.each<[string, Buffer]>([
    ['progressive', file(one, 0xc2)],
    ['lossless', file(one, 0xc3)],
    ['of 12 bits', file(one, 0xc1, 12)],
    [
      'with two planes',
      file([
        [1, 1],
        [1, 1],
      ]),
    ],
    ['with colours at a third of the width', file(three([3, 1]))],
    ['with colours at half the height', file(three([1, 2]))],
    [
      'with colours that have more than luma',
      file([
        [1, 1],
        [2, 2],
        [1, 1],
      ]),
    ],
    ['whose steps have 16 bits', whole(SIXTEEN_BITS, frameOf(0xc0, 8, 8, one), TABLES)],
    ['with a step of 0', whole(ZERO_STEP, frameOf(0xc0, 8, 8, one), TABLES)],
    ['without a table', whole(frameOf(0xc0, 8, 8, one), huffman(0, 1, [0]))],
    ['without a frame', whole(TABLES)],
    [
      'with a scan for each plane',
      jpegOf(frameOf(0xc0, 8, 8, three([1, 1])), TABLES, scanOf({ data: DATA })),
    ],
    [
      'with planes in another order',
      jpegOf(frameOf(0xc0, 8, 8, three([1, 1])), TABLES, scanOf({ components: [0, 2, 1], data: DATA })),
    ],
    [
      'whose table ends early',
      whole(
        frameOf(0xc0, 8, 8, one),
        TABLES,
        segment(0xc4, Buffer.from([0, 9, ...new Array(15).fill(0), 1])),
      ),
    ],
    ['whose steps end early', whole(frameOf(0xc0, 8, 8, one), TABLES, segment(0xdb, Buffer.alloc(30, 1)))],
  ])('%s', (_, bytes) => {
    expect(readBaseline(bytes)).toBeNull();
  });

  it.each([
    ...[4, 15, 16].map((number): [string, Buffer] => [
      `steps number ${number}`,
      segment(0xdb, Buffer.from([number, ...new Array(64).fill(1)])),
    ]),
    ...[4, 15, 20, 32, 255].map((number): [string, Buffer] => [
      `table number ${number}`,
      segment(0xc4, Buffer.from([number, 1, ...new Array(16).fill(0)])),
    ]),
    ...[0x02, 0xbf, 0xcc, 0xdc, 0xde, 0xf0, 0xfd].map((marker): [string, Buffer] => [
      `the marker ${marker}`,
      segment(marker, Buffer.alloc(4)),
    ]),
  ])('with %s, which libjpeg stops at', (_, part) => {
    expect(readBaseline(jpegOf(frameOf(0xc0, 8, 8, one), TABLES, part, scanOf({ data: DATA })))).toBeNull();
  });

  it.each<Sampling>([
    [0, 0],
    [0, 5],
    [5, 0],
    [15, 1],
  ])('whose one plane has the sampling %i x %i', (across, down) => {
    expect(readBaseline(file([[across, down]]))).toBeNull();
  });

  it.each<Sampling>([
    [0, 2],
    [2, 0],
    [1, 2],
    [4, 1],
    [2, 3],
  ])('whose luma has the sampling %i x %i', (across, down) => {
    expect(readBaseline(file(three([across, down])))).toBeNull();
  });

  it('which ends at any byte of its header', () => {
    const bytes = file(three([2, 2]));
    const scan = bytes.indexOf(Buffer.from([0xff, 0xda]));
    for (let length = 2; length < scan + 4; length++)
      expect(readBaseline(bytes.subarray(0, length))).toBeNull();
  });
});

describe('what the colours are', () => {
  const adobe = (transform: number) =>
    segment(0xee, Buffer.from([...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, transform]));
  const jfif = segment(0xe0, Buffer.from([...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]));
  const frame = frameOf(0xc0, 8, 8, three([1, 1]));
  const scan = scanOf({ components: [0, 1, 2], data: DATA });
  const named = (letters: string) => {
    const bytes = Buffer.concat([frame, TABLES, scan]);
    for (const at of [0, 1, 2]) {
      bytes[10 + 3 * at] = letters.charCodeAt(at);
      bytes[frame.length + TABLES.length + 5 + 2 * at] = letters.charCodeAt(at);
    }
    return bytes;
  };
  it.each<[string, Buffer, boolean]>([
    ['JFIF has luma', Buffer.concat([jfif, frame, TABLES, scan]), true],
    ['so has Adobe, if it says so', Buffer.concat([adobe(1), frame, TABLES, scan]), true],
    ["Adobe's 0 is red, green and blue", Buffer.concat([adobe(0), frame, TABLES, scan]), false],
    ['JFIF comes before Adobe', Buffer.concat([jfif, adobe(0), frame, TABLES, scan]), true],
    ['planes that are called R, G, B are that', named('RGB'), false],
    ['planes that are called otherwise are not', named('YUV'), true],
  ])('%s', (_, parts, isLuma) => {
    expect(readBaseline(jpegOf(QUANTIZERS, parts)) !== null).toBe(isLuma);
  });
});
