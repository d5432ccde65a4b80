import { readdir, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Inspector } from '../../src/core/inspect.ts';
import type { CheckReason } from '../../src/core/inspection.ts';
import { createInspector } from '../../src/node/inspector.ts';
import { SCENES } from '../../tools/draw/scenes.ts';

const FOLDER = new URL('../../examples/', import.meta.url);

/** What each example shows, by its name; null for a pass. */
const VERDICTS: Readonly<Record<string, CheckReason | null>> = {
  'pass.jpg': null,
  'group.jpg': null,
  'painting.jpg': null,
  'sculpture.jpg': null,
  'sketch.jpg': null,
  'none.jpg': 'face.none',
  'small.jpg': 'face.small',
  'profile.jpg': 'face.profile',
  'tilted.jpg': 'face.tilted',
  'obstructed.jpg': 'face.obstructed',
  'cut_off.jpg': 'face.cut_off',
};

let inspector: Inspector;

beforeAll(async () => {
  inspector = await createInspector();
});

afterAll(() => inspector.close());

const read = (file: string) => readFile(new URL(file, FOLDER));

describe('examples/', () => {
  it('holds one file a scene, and each is named in its README', async () => {
    const files = (await readdir(FOLDER)).filter((file) => /\.\w+$/.test(file) && !file.endsWith('.md'));
    expect(files.sort()).toEqual(SCENES.map(({ file }) => file).sort());
    const readme = await readFile(new URL('README.md', FOLDER), 'utf8');
    for (const file of files) expect(readme).toContain(`\`${file}\``);
  });

  it.each(SCENES.map(({ file }) => file))('%s gets its own verdict', async (file) => {
    const bytes = await read(file);
    expect(bytes.length).toBeLessThan(200 * 1024);
    const { pass, reason } = await inspector.inspect(bytes);
    expect(reason).toBe(VERDICTS[file]);
    expect(pass).toBe(VERDICTS[file] === null);
  });

  it('lists both people of the group, the larger one first', async () => {
    const { faces, checks } = await inspector.inspect(await read('group.jpg'));
    expect(faces).toHaveLength(2);
    expect(faces[0].box.width).toBeGreaterThan(faces[1].box.width);
    expect(checks.filter(({ status }) => status === 'fail').map(({ reason }) => reason)).toEqual([
      'face.several',
    ]);
  });
});

describe('EXIF orientation', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    '%i of the same upright picture gives the same verdict and box',
    async (orientation) => {
      const bytes = await read('group.jpg');
      const upright = await inspector.inspect(bytes);
      const turned = await inspector.inspect(await store(bytes, orientation));
      expect(turned.image.orientation).toBe(orientation);
      expect(turned.image.uprightWidth).toBe(upright.image.uprightWidth);
      expect([turned.pass, turned.reason]).toEqual([upright.pass, upright.reason]);
      const [box, expected] = [turned.faces[0].box, upright.faces[0].box];
      for (const side of ['x', 'y', 'width', 'height'] as const) {
        expect(Math.abs(box[side] - expected[side])).toBeLessThan(3);
      }
    },
  );

  /** Stores an upright picture so that it is upright again once the orientation is applied. */
  async function store(bytes: Buffer, orientation: number): Promise<Buffer> {
    const isMirrored = [2, 4, 5, 7].includes(orientation);
    const angle = [0, 0, 0, 180, 180, 270, 270, 90, 90][orientation];
    const mirrored = await (isMirrored ? sharp(bytes).flop() : sharp(bytes)).png().toBuffer();
    return sharp(mirrored)
      .rotate(angle)
      .withMetadata({ orientation })
      .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
      .toBuffer();
  }
});
