/** Repairs of real files: each is opened in a process of its own, and what comes out is inspected. */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_BYTES } from '../../src/core/image/limits.ts';
import type { Inspector } from '../../src/core/inspect.ts';
import { DetectError } from '../../src/errors.ts';
import { createInspector } from '../../src/node/inspector.ts';
import { MAX_REPAIR_PIXELS } from '../../src/repair/limits.ts';
import { type RepairOptions, repair } from '../../src/repair/repair.ts';
import { flat, PASS } from '../cli/pictures.ts';
import { EXEC_ARGV } from '../programs/exec-argv.ts';

const EXAMPLES = new URL('../../examples/', import.meta.url);

let inspector: Inspector;
let portrait: Buffer;
beforeAll(async () => {
  inspector = await createInspector();
  portrait = await readFile(PASS);
});
afterAll(() => inspector.close());

const fix = (bytes: Uint8Array, options?: RepairOptions) =>
  repair(bytes, { inspect: (copy) => inspector.inspect(copy), execArgv: EXEC_ARGV }, options);
const actionsOf = ({ steps }: Awaited<ReturnType<typeof fix>>) => steps.map(({ action }) => action);

test('a picture that passes is given as it is, to the byte', async () => {
  const { picture, steps, before } = await fix(portrait);
  expect(picture?.bytes).toBe(portrait);
  expect(steps).toEqual([]);
  expect(before?.pass).toBe(true);
});

test('the given bytes are not changed or taken away', async () => {
  const given = new Uint8Array(await sharp(portrait).tiff().toBuffer());
  const copy = new Uint8Array(given);
  await fix(given);
  expect(given).toEqual(copy);
});

describe('what is repaired', () => {
  const enlarged = () => sharp(portrait).resize({ width: 4500 }).jpeg({ quality: 80 }).toBuffer();
  const strip = () =>
    sharp(portrait).extend({ left: 1200, right: 300, background: '#667788' }).jpeg().toBuffer();
  const lost = () =>
    sharp(portrait)
      .resize({ width: 420 })
      .toBuffer()
      .then((small) =>
        sharp(small)
          .extend({ left: 1900, right: 300, top: 900, bottom: 600, background: '#667788' })
          .jpeg()
          .toBuffer(),
      );

  test.each<[string, () => Promise<Buffer>, string, string[]]>([
    ['a GIF', () => sharp(portrait).gif().toBuffer(), 'image.unsupported', ['convert']],
    ['a TIFF', () => sharp(portrait).tiff().toBuffer(), 'image.unsupported', ['convert']],
    ['an AVIF', () => sharp(portrait).avif().toBuffer(), 'image.unsupported', ['convert']],
    ['an edge of 4500 pixels', enlarged, 'image.edge', ['scale']],
    ['a strip', strip, 'image.aspect', ['crop']],
    ['a face lost in the frame', lost, 'face.small', ['crop']],
  ])(
    '%s',
    async (_, make, refused, actions) => {
      const result = await fix(await make());
      expect(result.before?.reason ?? result.refusal?.code).toBe(refused);
      expect(result).toMatchObject({ reason: null, advice: '', picture: { inspection: { pass: true } } });
      expect(actionsOf(result)).toEqual(actions);
    },
    30_000,
  );

  test.each([3, 6, 8] as const)('orientation %d: upright, and the same picture', async (orientation) => {
    const angle = { 3: 180, 6: 270, 8: 90 }[orientation];
    const turned = await sharp(portrait).rotate(angle).png().toBuffer();
    const file = await sharp(turned).withMetadata({ orientation }).jpeg({ quality: 100 }).toBuffer();
    const result = await fix(file);
    expect(actionsOf(result)).toEqual(['orient']);
    const { picture } = result;
    expect((await sharp(picture?.bytes).metadata()).orientation).toBeUndefined();
    expect(await difference(picture!.bytes, portrait)).toBeLessThan(3);
  });

  test.each([90, 180, 270])(
    'turned by %d degrees without EXIF: upright, and the same picture',
    async (angle) => {
      const turned = await sharp(portrait).rotate(angle).png().toBuffer();
      const result = await fix(turned);
      expect(result.before?.reason).toBe('face.turned');
      expect(actionsOf(result)).toEqual(['turn']);
      expect(result.picture?.inspection.pass).toBe(true);
      expect(await difference(result.picture!.bytes, portrait)).toBeLessThan(3);
    },
  );

  test('10 MiB and more, in PNG', async () => {
    const { width } = await sharp(portrait).metadata();
    const large = await sharp(portrait).resize({ width: 2600 }).png({ compressionLevel: 0 }).toBuffer();
    expect(large.length).toBeGreaterThan(MAX_BYTES);
    const result = await fix(large);
    expect(actionsOf(result)).toEqual(['compress']);
    expect(result.picture?.bytes.length).toBeLessThan(MAX_BYTES);
    expect(result.picture?.inspection.image).toMatchObject({ format: 'jpeg', width: 2600 });
    expect(width).toBeLessThan(2600);
  }, 30_000);
});

test('nobody is cropped away for the sake of a format', async () => {
  const group = await readFile(new URL('group.jpg', EXAMPLES));
  const result = await fix(await sharp(group).tiff().toBuffer());
  expect(actionsOf(result)).toEqual(['convert']);
  expect(result.faces.length).toBeGreaterThan(1);
});

test('pixels that need no resampling are the given ones', async () => {
  const { width, height } = (await sharp(portrait).metadata()) as { width: number; height: number };
  const pixels = await sharp(portrait).toBuffer();
  const strip = await sharp(pixels)
    .extend({ left: 2 * width, background: '#667788' })
    .png()
    .toBuffer();
  const { picture } = await fix(strip);
  expect(picture?.format).toBe('png');
  const found = await sharp(picture?.bytes).raw().toBuffer({ resolveWithObject: true });
  const expected = await sharp(strip)
    .extract({ left: 3 * width - found.info.width, top: 0, width: found.info.width, height })
    .raw()
    .toBuffer();
  expect(found.data.equals(expected)).toBe(true);
});

test("no metadata is left, and the colours are sRGB's", async () => {
  const file = await sharp(portrait)
    .withIccProfile('p3')
    .withExif({ IFD0: { Artist: 'someone' }, IFD3: { GPSLatitudeRef: 'N' } })
    .tiff()
    .toBuffer();
  const { picture } = await fix(file);
  const { exif, icc, xmp, space } = await sharp(picture?.bytes).metadata();
  expect({ exif, icc, xmp, space }).toEqual({
    exif: undefined,
    icc: undefined,
    xmp: undefined,
    space: 'srgb',
  });
  expect(await difference(picture!.bytes, portrait)).toBeLessThan(4);
});

describe('what cannot be repaired', () => {
  test.each([
    ['no picture', Buffer.from('nothing to see'), 'image.unsupported'],
    ['a HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0heicmif1', 'latin1'), 'image.unsupported'],
    ['a broken TIFF', Buffer.from('II*\0\x08\0\0\0\xff\xff', 'latin1'), 'image.corrupt'],
    ['a broken JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4]), 'image.corrupt'],
    ['an empty file', Buffer.alloc(0), 'image.empty'],
  ])('%s, in English and in Chinese', async (_, bytes, reason) => {
    const result = await fix(bytes);
    expect(result).toMatchObject({ picture: null, steps: [], reason });
    expect(result.advice).toMatch(/^[A-Z][^\u4e00-\u9fff]+\. [A-Z][^\u4e00-\u9fff]+\.$/);
    const { advice } = await fix(bytes, { language: 'zh-CN' });
    expect(advice).toMatch(/^.*[\u4e00-\u9fff].*。.*[\u4e00-\u9fff].*。$/);
    expect(advice).not.toMatch(/。 |[a-z]+ [a-z]+ [a-z]+/);
  });

  test('a picture of nobody, too large as well', async () => {
    expect(await fix(await flat(800, 600))).toMatchObject({ picture: null, reason: 'face.none' });
    expect(await fix(await flat(5000, 3000))).toMatchObject({ picture: null, reason: 'face.none' });
  }, 60_000);

  test('a picture of more pixels than are opened', async () => {
    const file = await flat(20_000, MAX_REPAIR_PIXELS / 20_000 + 1);
    expect(await fix(file)).toMatchObject({ picture: null, reason: 'image.edge' });
  });

  test('a face in profile, and one that is covered', async () => {
    for (const name of ['profile.jpg', 'obstructed.jpg']) {
      const { picture, steps, reason, before } = await fix(await readFile(new URL(name, EXAMPLES)));
      expect({ picture, steps, reason }).toEqual({ picture: null, steps: [], reason: before?.reason });
    }
    const { advice } = await fix(await readFile(new URL('obstructed.jpg', EXAMPLES)));
    expect(advice).toMatch(/^A mask or cloth very likely covers the nose, mouth and chin \(/);
  });
});

describe('--face', () => {
  test('crops to another face than the largest', async () => {
    const group = await readFile(new URL('group.jpg', EXAMPLES));
    const { picture, faces, steps } = await fix(group, { face: 2 });
    expect(faces.length).toBeGreaterThan(1);
    expect(steps[0].detail).toContain('another face in the picture was larger');
    const frame = picture!.inspection;
    expect(frame.pass).toBe(true);
    expect(frame.subject!.box.width).toBeCloseTo(faces[1].box.width, -2);
  });

  test('1 is the largest, which needs nothing', async () => {
    expect((await fix(portrait, { face: 1 })).picture?.bytes).toBe(portrait);
  });

  test('a face that is not there', async () => {
    await expect(fix(portrait, { face: 7 })).rejects.toMatchObject({ code: 'fix.face' });
  });
});

test('ends at once when it shall, with the reason', async () => {
  const signal = AbortSignal.abort(new DetectError('inspect.aborted'));
  const tiff = await sharp(portrait).tiff().toBuffer();
  const inspect = (copy: Uint8Array) => inspector.inspect(copy);
  await expect(repair(tiff, { inspect, signal, execArgv: EXEC_ARGV })).rejects.toMatchObject({
    code: 'inspect.aborted',
  });
});

/** Mean absolute difference of the samples of two pictures of the same size. */
async function difference(ours: Uint8Array, theirs: Uint8Array): Promise<number> {
  const [a, b] = await Promise.all([ours, theirs].map((file) => sharp(file).raw().toBuffer()));
  expect(a.length).toBe(b.length);
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
}
