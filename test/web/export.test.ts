/** What the page saves: one picture with everything drawn in, its JSON, links with limits, and many pictures as an archive. */
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, test, vi } from 'vitest';
import { safeName, uniqueNames } from '../../web/src/export/names.ts';
import { hashOf, readAddress } from '../../web/src/session/address.ts';
import { useBench } from './bench.ts';
import { choose, copyOf, example, expectVerdict, SKIPPED } from './setup.ts';

// Each makes a browser judge several pictures, on machines that others share.
vi.setConfig({ testTimeout: 120_000 });

test('names of files are such that every file system takes them, and no two are one', () => {
  const strange = [
    '../../etc/passwd',
    'C:\\Windows\\x.jpg',
    'a\u0000b\n.jpg',
    '\u202egnp.exe',
    'CON.jpg',
    '...',
    '',
    ' . ',
    `${'人'.repeat(500)}.jpg`,
    '\ud800.jpg',
    'x'.repeat(10_000),
  ];
  for (const name of strange) {
    const safe = safeName(name);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(safe).not.toMatch(/[\u0000-\u001f/\\:*?"<>|\u202e\ud800]|^\.|[. ]$|^CON\./);
    expect(safe).not.toBe('');
    expect(Buffer.byteLength(safe)).toBeLessThan(256);
  }
  expect(safeName('Ünïcode 人像.jpg')).toBe('Ünïcode 人像.jpg');
  const names = ['a.jpg', 'A.JPG', 'a.jpg', 'a (2).jpg', 'é.jpg', 'e\u0301.jpg', '/', '\\'];
  const unique = uniqueNames(names);
  expect(unique[0]).toBe('a.jpg');
  expect(new Set(unique.map((name) => name.normalize('NFC').toLowerCase())).size).toBe(names.length);
  // A folder of one name a thousand times takes no thousand times a thousand tries.
  expect(new Set(uniqueNames(Array(5_000).fill('a.jpg'))).size).toBe(5_000);
});

test('limits go through a link and back, and strange ones are refused', () => {
  const all = { for: 'hallo', maxYaw: 40.5, minFaceWidth: 128, enforce: ['eyes', 'mouth'] };
  for (const asked of [all, { enforce: [] }, { maxYaw: 0 }])
    expect(readAddress(hashOf(asked)).limits).toEqual({ kind: 'some', overrides: asked });
  expect(hashOf({})).toBe('');
  expect(readAddress('').limits.kind).toBe('none');
  expect(readAddress('#key=sk-1&limits=maxYaw:40')).toMatchObject({ key: 'sk-1', limits: { kind: 'some' } });
  for (const limits of [
    '',
    'maxYaw',
    'maxYaw:',
    'maxYaw:40:50',
    'maxYaw:4e1',
    'maxYaw:-1',
    'maxYaw:91',
    'maxYaw:NaN',
    'maxYaw:40,maxYaw:50',
    'for:nobody',
    'enforce:yaw',
    'enforce:eyes,enforce:mouth',
    '__proto__:1',
    'constructor:1',
    'toString:1',
    '<img src=x>:1',
    `${'maxYaw:40,'.repeat(1_000)}`,
    'maxYaw:40&limits=maxYaw:50',
  ])
    expect(readAddress(`#limits=${limits}`).limits, limits).toEqual({ kind: 'strange' });
});

describe.skipIf(SKIPPED)(`what the page saves${SKIPPED}`, () => {
  const bench = useBench();

  test('one picture: a PNG with what the stage draws and the verdict below, and its inspection', async () => {
    const page = await bench.open({ key: '' });
    await choose(page, copyOf('obstructed.jpg', 'a<b>.jpg'));
    await expectVerdict(page, 'Refused', 'Face covered');
    const drawn = await saved(page, 'Save as PNG');
    expect(drawn.name).toBe('a_b_-checked.png');
    const { width, height, format } = await sharp(drawn.bytes).metadata();
    expect({ width, format }).toEqual({ width: 768, format: 'png' });
    // The words are below the picture.
    expect(height).toBeGreaterThan(768 + 60);
    const { data } = await sharp(drawn.bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const isThere = ([r, g, b]: readonly number[]) => {
      for (let at = 0; at < data.length; at += 3)
        if (data[at] === r && data[at + 1] === g && data[at + 2] === b) return true;
      return false;
    };
    const CROP_YELLOW = [0xff, 0xd1, 0x66];
    const REFUSED_RED = [0xb3, 0x26, 0x1e];
    expect(isThere(CROP_YELLOW)).toBe(true);
    expect(isThere(REFUSED_RED)).toBe(true);
    // What is switched off on the stage is not drawn.
    await page.getByRole('button', { name: 'Crop', exact: true }).click();
    const plain = await saved(page, 'Save as PNG');
    expect(plain.bytes.equals(drawn.bytes)).toBe(false);

    const json = await saved(page, 'Save as JSON');
    expect(json.name).toBe('a_b_.json');
    const inspection = JSON.parse(json.bytes.toString());
    expect(inspection).toMatchObject({ pass: false, reason: 'face.obstructed', policy: { maxYaw: 50 } });
    expect(inspection.subject.mesh).toHaveLength(468 * 3);
  });

  test('a link brings the limits along, a reload too; a strange one says so', async () => {
    const page = await bench.open({ key: '', permissions: ['clipboard-read', 'clipboard-write'] });
    await choose(page, example('pass.jpg'));
    await expectVerdict(page, 'Passes');
    await page.getByRole('slider', { name: 'Limit of "Face size"' }).focus();
    await page.keyboard.press('End');
    await page.getByRole('checkbox', { name: 'Refuse pictures for "Eyes open"' }).check();
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('button', { name: 'Link copied' }).waitFor();
    const link = (await page.evaluate('navigator.clipboard.readText()')) as string;
    expect(link).toBe(`${bench.service.url}/#limits=minFaceWidth:640,enforce:eyes`);
    await expect.poll(() => page.url()).toBe(link);
    await page.reload();
    await expectVerdict(page, 'Refused', 'limit 640 px');
    await page.getByRole('button', { name: 'Reset limits' }).click();
    await expect.poll(() => page.url()).toBe(`${bench.service.url}/`);

    const other = await page.context().newPage();
    await other.goto(link);
    await choose(other, example('pass.jpg'));
    await expectVerdict(other, 'Refused', 'limit 640 px');
    await other.goto(`${bench.service.url}/#limits=maxYaw:4000`);
    await other.getByRole('alert').getByText('limits that this page cannot read').waitFor();
    await other.getByRole('button', { name: 'OK' }).click();
    expect(await other.getByRole('alert').count()).toBe(0);
  });

  test('the passing pictures are one archive, under names of their own', async () => {
    const page = await bench.open({ key: '' });
    await choose(page, [
      copyOf('pass.jpg', 'same.jpg'),
      copyOf('painting.jpg', 'same.jpg'),
      copyOf('profile.jpg', 'refused.jpg'),
    ]);
    await page.getByText('All 3 pictures are checked.').waitFor();
    expect(await page.getByRole('button', { name: /fixed$/ }).count()).toBe(0);
    const { name, bytes } = await saved(page, 'Save 2 passing');
    expect(name).toBe('passing.zip');
    const files = unzipSync(bytes);
    expect(Object.keys(files)).toEqual(['same.jpg', 'same (2).jpg']);
    expect(Buffer.from(files['same (2).jpg']!).equals(readFileSync(example('painting.jpg')))).toBe(true);
  });
});

/** Presses a button that saves something; gives what came of it. */
async function saved(page: Page, button: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}
