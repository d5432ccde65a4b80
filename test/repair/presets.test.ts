/** Repairs for a generator: the crop and the size that it wants, and nothing where it has them. */
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PRESETS } from '../../src/core/checks/presets.ts';
import type { Inspector } from '../../src/core/inspect.ts';
import { createInspector } from '../../src/node/inspector.ts';
import { type RepairOptions, repair } from '../../src/repair/repair.ts';
import { isAsWanted, wantedFrame } from '../../src/repair/wanted-frame.ts';
import { PASS } from '../cli/pictures.ts';
import { EXEC_ARGV } from '../programs/exec-argv.ts';

let inspector: Inspector;
let portrait: Buffer;
let large: Buffer;
beforeAll(async () => {
  inspector = await createInspector();
  portrait = await readFile(PASS);
  const wide = { left: 600, right: 600, top: 400, bottom: 400, background: '#667788' };
  const enlarged = await sharp(portrait).resize({ width: 2000 }).toBuffer();
  large = await sharp(enlarged).extend(wide).jpeg({ quality: 95 }).toBuffer();
});
afterAll(() => inspector.close());

const fixFor = (bytes: Uint8Array, name: string, options: RepairOptions = {}) =>
  repair(
    bytes,
    { inspect: (copy) => inspector.inspect(copy, { policy: { for: name } }), execArgv: EXEC_ARGV },
    { ...options, for: name },
  );

describe('a crop of its own', () => {
  test.each(PRESETS.filter(({ crop }) => crop !== null).map((preset) => [preset.name, preset] as const))(
    '%s: a square of its size, with the face as large in it as it wants',
    async (name, preset) => {
      const { picture, steps, reason } = await fixFor(large, name);
      expect(reason).toBeNull();
      expect(steps.map(({ action }) => action)).toContain('crop');
      const { width, height } = await sharp(picture?.bytes).metadata();
      expect(width).toBe(height);
      const { crop } = preset;
      if (crop === null) return;
      if (crop.size !== null) expect(width).toBe(crop.size);
      const { subject, pass } = await inspector.inspect(new Uint8Array(picture!.bytes), {
        policy: { for: name },
      });
      expect(pass).toBe(true);
      if (crop.of === 'box') expect(width / subject!.box.width).toBeCloseTo(crop.scale, 0);
      // What it wants already stays as it is.
      const again = await fixFor(picture!.bytes, name);
      expect(again.steps).toEqual([]);
      expect(again.picture?.bytes).toBe(picture?.bytes);
    },
    60_000,
  );

  test('is made for Hallo with the face at three fifths, and says what was done', async () => {
    const { picture, steps } = await fixFor(large, 'hallo');
    const share = picture!.inspection.subject!.box.width / 512;
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(0.7);
    expect(steps.map(({ detail }) => detail).join(' ')).toMatch(
      /^Cropped from 3200 x \d+ px to (\d+) x \1 px: Hallo, Hallo 2 works best with this part\. Scaled to 512 x 512 px: Hallo, Hallo 2 works at 512 px\.$/,
    );
  }, 30_000);

  test('is not enlarged', async () => {
    const small = await sharp(portrait).resize({ width: 400 }).png().toBuffer();
    const { picture, steps } = await fixFor(small, 'hallo');
    expect((await sharp(picture?.bytes).metadata()).width).toBeLessThan(400);
    expect(steps.map(({ action }) => action)).toEqual(['crop']);
  }, 30_000);

  test('does not make a turned head straight', async () => {
    const profile = await readFile(new URL('../../examples/profile.jpg', import.meta.url));
    expect(await fixFor(profile, 'hallo')).toMatchObject({ picture: null, reason: 'face.profile' });
  }, 30_000);
});

describe('no crop of its own', () => {
  test.each(['liveportrait', 'ditto', 'musetalk', 'sadtalker'])(
    '%s: what passes is given as it is',
    async (name) => {
      expect((await fixFor(portrait, name)).picture?.bytes).toBe(portrait);
    },
  );

  test('a square is all that is asked for: as much of the picture as there is', async () => {
    const wide = await sharp(portrait).extend({ left: 300, background: '#667788' }).png().toBuffer();
    const { width, height } = await sharp(portrait).metadata();
    const { picture } = await fixFor(wide, 'tpsmm');
    const made = await sharp(picture?.bytes).metadata();
    expect([made.width, made.height]).toEqual([Math.min(width + 300, height), Math.min(width + 300, height)]);
  }, 30_000);

  test('a second person is cropped away where any face may be taken', async () => {
    const group = await readFile(new URL('../../examples/group.jpg', import.meta.url));
    const { before, picture } = await fixFor(group, 'wav2lip');
    expect(before?.reason).toBe('face.several');
    expect(picture?.inspection.faces).toHaveLength(1);
  }, 30_000);
});

test('an unknown generator is refused before anything is done', async () => {
  await expect(
    repair(portrait, { inspect: () => Promise.reject(new Error()) }, { for: 'halo' }),
  ).rejects.toMatchObject({
    code: 'policy.invalid',
  });
});

describe('the frame', () => {
  const preset = (name: string) => PRESETS.find((one) => one.name === name)!;
  const face = (x: number, y: number, width: number, height = width) =>
    ({ box: { x, y, width, height } }) as Parameters<typeof wantedFrame>[2];

  test('is around the middle of the box', () => {
    expect(
      wantedFrame(preset('echomimic'), { width: 1000, height: 1000 }, face(400, 400, 200), null),
    ).toEqual({
      x: 300,
      y: 300,
      width: 400,
      height: 400,
    });
  });
  test('is moved inside at an edge, and smaller where there is no room', () => {
    expect(wantedFrame(preset('echomimic'), { width: 1000, height: 1000 }, face(0, 900, 200), null)).toEqual({
      x: 0,
      y: 600,
      width: 400,
      height: 400,
    });
    expect(wantedFrame(preset('echomimic'), { width: 300, height: 900 }, face(50, 400, 200), null)).toEqual({
      x: 0,
      y: 350,
      width: 300,
      height: 300,
    });
  });
  test("of points comes out of LivePortrait's crop, turned back", () => {
    const crop = { center: { x: 500, y: 500 - 0.125 * 460 }, size: 460, angle: 0 };
    const frame = wantedFrame(preset('aniportrait'), { width: 2000, height: 2000 }, face(0, 0, 1), crop);
    expect(frame).toEqual({ x: 350, y: 350, width: 300, height: 300 });
    const turned = { center: { x: 500 + 0.125 * 460, y: 500 }, size: 460, angle: 90 };
    expect(wantedFrame(preset('aniportrait'), { width: 2000, height: 2000 }, face(0, 0, 1), turned)).toEqual(
      frame,
    );
  });
  test('of a picture without a face is anything', async () => {
    const { image } = await inspector.inspect(new Uint8Array(portrait));
    const nobody = {
      image,
      faces: [],
      subject: null,
      checks: [],
      pass: false,
      reason: null,
      crop: null,
      quality: null,
    } as const;
    expect(isAsWanted(preset('hallo'), nobody)).toBe(true);
  });
});
