/** The process that has a file open: what it tells, and that it ends. */
import { setTimeout as delay } from 'node:timers/promises';
import sharp from 'sharp';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { DetectError } from '../../src/errors.ts';
import { Reader } from '../../src/repair/reader.ts';
import { sniffSource } from '../../src/repair/source.ts';
import { draw, encoder } from '../core/image/pictures.ts';
import { EXEC_ARGV as execArgv } from '../programs/exec-argv.ts';

let tiff: Buffer;
beforeAll(async () => {
  tiff = await encoder(draw(600, 400)).withMetadata({ orientation: 6 }).tiff().toBuffer();
});

const processes = () => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length;

afterEach(async () => {
  for (let patience = 100; processes() > 0 && patience > 0; patience--) await delay(20);
  expect(processes()).toBe(0);
});

test('tells what the file is, shows parts of it upright, and makes a picture of one', async () => {
  const reader = await Reader.open(tiff, { execArgv, signal: new AbortController().signal });
  try {
    expect(reader.info).toMatchObject({ format: 'tiff', width: 600, height: 400, orientation: 6 });
    expect(reader.info).toMatchObject({ uprightWidth: 400, uprightHeight: 600, bytes: tiff.length });

    const part = { x: 100, y: 50, width: 200, height: 300 };
    const view = await reader.view(part, 150);
    expect(view.box).toEqual(part);
    expect(await sharp(view.bytes).metadata()).toMatchObject({ format: 'png', width: 100, height: 150 });

    const size = { width: 200, height: 300 };
    const made = await reader.render({ frame: part, size, format: 'png' });
    const upright = await sharp(tiff)
      .autoOrient()
      .extract({ left: 100, top: 50, ...size })
      .raw()
      .toBuffer();
    expect((await sharp(made.bytes).raw().toBuffer()).equals(upright)).toBe(true);
  } finally {
    reader.close();
  }
});

test('an abort ends the process in the middle of its work', async () => {
  const stop = new AbortController();
  const reader = await Reader.open(tiff, { execArgv, signal: stop.signal });
  const view = reader.view({ x: 0, y: 0, width: 400, height: 600 }, 600);
  const why = new DetectError('deadline.passed');
  stop.abort(why);
  await expect(view).rejects.toBe(why);
});

test('a file that cannot be opened leaves no process', async () => {
  const signal = new AbortController().signal;
  const opening = Reader.open(tiff.subarray(0, 20), { execArgv, signal });
  await expect(opening).rejects.toMatchObject({ code: 'image.corrupt' });
});

test('a process that does not start is no fault of the picture', async () => {
  const signal = new AbortController().signal;
  const opening = Reader.open(tiff, { execArgv: ['--no-such-option'], signal });
  await expect(opening).rejects.toMatchObject({ code: 'inspect.failed' });
});

test.each([
  ['<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['%PDF-1.7'],
  ['\0\0\0\x0cJXL \r\n\x87\n'],
  ['8BPS\0\x01'],
  ['\0\0\0\x18ftypmif1\0\0\0\0heic'],
])('%j is not even tried', (start) => {
  expect(() => sniffSource(Buffer.from(start, 'latin1'))).toThrow(
    expect.objectContaining({ code: 'image.unsupported' }),
  );
});
