import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURES } from '../../tools/draw/fixtures.ts';
import { SCENES } from '../../tools/draw/scenes.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TIMEOUT_MS = 120_000;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'draw-'));
});

afterAll(() => rm(folder, { recursive: true }));

/** `npm run draw` in a process of its own: the test runner's modules are far too slow for ray marching. */
async function draw(...args: string[]): Promise<void> {
  const command = ['--import', 'tsx', 'tools/draw/main.ts', '--out', folder, ...args];
  await promisify(execFile)(process.execPath, command, { cwd: ROOT });
}

/** Mean difference of two files, in levels of 255, at the size of the drawn one. */
async function difference(drawn: string, committed: string): Promise<number> {
  const { data, info } = await sharp(drawn).raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const expected = await sharp(committed)
    .resize(width, height, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();
  return data.reduce((sum, value, i) => sum + Math.abs(value - expected[i]), 0) / data.length;
}

describe('the committed pictures are what the code draws', () => {
  it('holds a file for every fixture, and none besides', async () => {
    const files = await readdir(path.join(ROOT, 'test/fixtures/drawn'));
    expect(files.sort()).toEqual(FIXTURES.map(({ file }) => file).sort());
  });

  it(
    'draws the same pixels again',
    async () => {
      const files = ['yaw-20.jpg', 'scarf.jpg'];
      await draw(...files);
      for (const file of files) {
        const [drawn, committed] = [path.join(folder, file), path.join(ROOT, 'test/fixtures/drawn', file)];
        expect(await difference(drawn, committed)).toBeLessThan(0.5);
      }
    },
    TIMEOUT_MS,
  );

  it(
    'draws every example, at an eighth of its size, as it looks scaled down',
    async () => {
      // A drawing's lines and a painting's strokes are as thin as pixels allow, so they differ between sizes.
      const files = SCENES.filter(({ style }) => style === 'rendered' || style === 'marble').map(
        ({ file }) => file,
      );
      await draw('--scale', '0.125', ...files);
      for (const file of files) {
        const off = await difference(path.join(folder, file), path.join(ROOT, 'examples', file));
        expect(off, file).toBeLessThan(4);
      }
    },
    TIMEOUT_MS,
  );
});
