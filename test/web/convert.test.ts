/** What the browser makes of files that LivePortrait does not take: too large ones, and other formats. */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { useBench } from './bench.ts';
import { choose, example, expectVerdict, keptIn, SKIPPED } from './setup.ts';

describe.skipIf(SKIPPED)(`files that are converted in the browser${SKIPPED}`, () => {
  const bench = useBench();

  test('a file of more than 10 MB is compressed here, upright, and nothing is sent', async () => {
    const edge = 3_000;
    const grain = await sharp({
      create: {
        width: edge,
        height: edge,
        channels: 3,
        background: '#808080',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
      .png({ compressionLevel: 0 })
      .toBuffer();
    const buffer = await sharp(
      await sharp(readFileSync(example('pass.jpg')))
        .resize(edge, edge)
        .composite([{ input: grain, blend: 'soft-light' }])
        .png({ compressionLevel: 0 })
        .toBuffer(),
    )
      .rotate(-90)
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect(buffer.length).toBeGreaterThan(10 * 1024 * 1024);
    const page = await bench.open({ key: '' });
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() !== 'GET') sent.push(request.url());
    });
    await choose(page, { name: 'large.jpg', mimeType: 'image/jpeg', buffer });
    await expectVerdict(page, 'Refused', 'File too large');
    await page.getByRole('button', { name: 'Fix', exact: true }).click();
    await expectVerdict(page, 'Passes', 'Nothing was sent');
    const before = page.getByRole('region', { name: 'Before it was fixed' });
    await before.getByText(/^Compressed to 3000 x 3000 px at quality/).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Save the picture' }).click(),
    ]);
    const file = readFileSync(await download.path());
    expect(file.length).toBeLessThan(10 * 1024 * 1024);
    const { width, height, orientation } = await sharp(file).metadata();
    expect({ width, height, orientation }).toEqual({ width: edge, height: edge, orientation: undefined });
    expect(sent).toEqual([]);
  });

  test('AVIF is converted here; what this browser cannot open is named', async () => {
    const buffer = await sharp(readFileSync(example('pass.jpg')))
      .avif({ effort: 0 })
      .toBuffer();
    const page = await bench.open({ key: '' });
    await choose(page, { name: 'portrait.avif', mimeType: 'image/avif', buffer });
    await expectVerdict(page, 'Passes', 'LivePortrait takes no AVIF files.', 'Nothing was sent');
    const link = page.getByRole('link', { name: 'Save the picture' });
    expect(await link.getAttribute('download')).toBe('portrait.jpg');
    await expect.poll(async () => (await keptIn(page)).length).toBe(1);
    await page.reload();
    await expectVerdict(page, 'Passes', 'LivePortrait takes no AVIF files.');
    const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1');
    await choose(page, { name: 'IMG_1234.HEIC', mimeType: 'image/heic', buffer: heic });
    await expectVerdict(
      page,
      'Refused',
      'This is a HEIC picture, and this browser cannot open it.',
      'Save it as JPEG',
      'iPhones:',
    );
    const fix = page.getByRole('button', { name: 'Fix', exact: true });
    expect(await fix.count()).toBe(0);
    // What the service converts is offered first, and is nothing that phones write.
    const tiff = await sharp(readFileSync(example('pass.jpg')))
      .tiff()
      .toBuffer();
    await choose(page, { name: 'scan.tiff', mimeType: 'image/tiff', buffer: tiff });
    await expectVerdict(page, 'Refused', 'This is a TIFF picture', '"Fix" sends it to the service');
    expect(await fix.count()).toBe(1);
    expect(await page.getByRole('region', { name: 'Verdict' }).textContent()).not.toContain('iPhone');
    const row = page.getByRole('row').filter({ hasText: 'scan.tiff' });
    expect(await row.textContent()).toContain('"Fix" sends it to the service');
  });

  test('without a connection a conversion waits, and continues by itself; what is missing otherwise can be tried again', async () => {
    const buffer = await sharp(readFileSync(example('pass.jpg')))
      .gif()
      .toBuffer();
    const gif = { name: 'portrait.gif', mimeType: 'image/gif', buffer };
    const page = await bench.open();
    await choose(page, example('pass.jpg'));
    await expectVerdict(page, 'Passes');
    await page.context().setOffline(true);
    await choose(page, gif);
    await page.getByRole('alert').getByText('The service cannot be reached').waitFor();
    await page.context().setOffline(false);
    await expectVerdict(page, 'Passes', 'LivePortrait takes no GIF files.');

    const other = await bench.open();
    await choose(other, example('pass.jpg'));
    await expectVerdict(other, 'Passes');
    // The judge is there; what comes now is the part that converts.
    await other.route(/worker/, (route) => route.abort());
    await choose(other, gif);
    await expectVerdict(other, 'Not checked', 'A file that is needed could not be loaded');
    await other.unroute(/worker/);
    await other.getByRole('region', { name: 'Verdict' }).getByRole('button', { name: 'Try again' }).click();
    await expectVerdict(other, 'Passes', 'LivePortrait takes no GIF files.');
  });
});
