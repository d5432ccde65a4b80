/** `fix`: what is written where, what is said, and what it ends with. The program is started: it starts others. */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flat, PASS } from './pictures.ts';
import { start } from './spawn.ts';

let folder: string;
let input: string;
let output: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lpd-fix-'));
  input = join(folder, 'in');
  output = join(folder, 'out');
  await mkdir(join(input, 'below'), { recursive: true });
  await copyFile(PASS, join(input, 'good.jpg'));
  await sharp(PASS).gif().toFile(join(input, 'a.gif'));
  await sharp(PASS)
    .tiff()
    .toFile(join(input, 'below', 'a.tif'));
  await writeFile(join(input, 'nobody.png'), await flat(300, 200, 'png'));
});
afterAll(() => rm(folder, { recursive: true }));

const fix = (...args: string[]) => start(['fix', ...args]).ended;

test('a folder: what passes now is below the other folder, the rest is said', async () => {
  const { code, out, err } = await fix(input, '-o', output);
  expect(code).toBe(1);
  expect(err).toBe('2 repaired, 1 good as they are, 1 cannot be repaired, 0 could not be read\n');
  expect(out.match(/^(?:no fix|\w+)/gm)).toEqual(['fixed', 'fixed', 'good', 'no fix']);
  expect(out).toMatch(/^fixed .*a\.gif {2}-> .*a\.gif\.png {2}Converted from GIF/m);
  expect(out).toMatch(/^no fix .*nobody\.png {2}face\.none {2}\S/m);
  expect((await readdir(output, { recursive: true })).sort()).toEqual([
    'a.gif.png',
    'below',
    join('below', 'a.tif.jpg'),
    'good.jpg',
  ]);
  expect((await readFile(join(output, 'good.jpg'))).equals(await readFile(PASS))).toBe(true);
  const checked = await start(['check', output]).ended;
  expect(checked.code).toBe(0);
}, 60_000);

describe('one picture', () => {
  const gif = () => join(input, 'a.gif');

  test('goes beside itself', async () => {
    const { code, out } = await fix(gif());
    expect(code).toBe(0);
    expect(out).toContain(join(input, 'a.fixed.png'));
    await rm(join(input, 'a.fixed.png'));
  });

  test('goes to the file that is named, in a folder that need not be there', async () => {
    const path = join(folder, 'new', 'b.png');
    expect((await fix(gif(), '-o', path)).code).toBe(0);
    expect((await sharp(path).metadata()).format).toBe('png');
  });

  test('goes to standard output, and nothing else does', async () => {
    const { out, err } = await fix(gif(), '-o', '-');
    expect(out.slice(1, 4)).toBe('PNG');
    expect(err).toMatch(/^fixed /);
  });

  test('never over itself', async () => {
    const { code, out } = await fix(PASS, '-o', PASS);
    expect(code).toBe(3);
    expect(out).toContain('file.unwritable');
  });

  test('--json has what was done and the inspections', async () => {
    const { out } = await fix(gif(), '-o', join(folder, 'c.png'), '--json');
    expect(JSON.parse(out)).toMatchObject({
      file: gif(),
      pass: true,
      reason: null,
      written: join(folder, 'c.png'),
      steps: [{ action: 'convert' }],
      refusal: { code: 'image.unsupported' },
      before: null,
      after: { pass: true },
    });
  });

  test('that cannot be repaired leaves no file', async () => {
    const path = join(folder, 'nobody.png');
    expect((await fix(join(input, 'nobody.png'), '-o', path)).code).toBe(1);
    await expect(readFile(path)).rejects.toThrow('ENOENT');
  });
});

test('--face crops to another', async () => {
  const group = new URL('../../examples/group.jpg', import.meta.url).pathname;
  const path = join(folder, 'second.jpg');
  const { code, out } = await fix(group, '--face', '2', '-o', path);
  expect(code).toBe(0);
  expect(out).toContain('another face in the picture was larger');
  expect((await sharp(path).metadata()).width).toBeLessThan((await sharp(group).metadata()).width);
});

describe('wrong calls', () => {
  test.each<[string, () => string[]]>([
    ['several pictures and no folder', () => [PASS, join(input, 'a.gif')]],
    ['a folder to standard output', () => [input, '-o', '-']],
    ['no picture', () => []],
    ['face 0', () => [PASS, '--face', '0']],
  ])('%s', async (_, args) => {
    expect(await fix(...args())).toMatchObject({ code: 2, out: '' });
  });
});
