/** Which pictures may be seen through, by their first bytes. */
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { mayBeTransparent } from '../../src/browser/transparency.ts';

const picture = (channels: 3 | 4) =>
  sharp({ create: { width: 40, height: 30, channels, background: { r: 9, g: 99, b: 199, alpha: 0.5 } } });

test.each(['jpeg', 'png', 'webp'] as const)('a %s without transparency', async (format) => {
  expect(mayBeTransparent(await picture(3).toFormat(format).toBuffer(), format)).toBe(false);
});

test('a PNG with a channel of it, a palette with and without', async () => {
  expect(mayBeTransparent(await picture(4).png().toBuffer(), 'png')).toBe(true);
  expect(mayBeTransparent(await picture(4).png({ palette: true }).toBuffer(), 'png')).toBe(true);
  expect(mayBeTransparent(await picture(3).png({ palette: true }).toBuffer(), 'png')).toBe(false);
});

test('a BMP may be', () => {
  expect(mayBeTransparent(new Uint8Array(64), 'bmp')).toBe(true);
});

test('a WebP that may have some', async () => {
  expect(mayBeTransparent(await picture(4).webp().toBuffer(), 'webp')).toBe(true);
  expect(mayBeTransparent(await picture(4).webp({ lossless: true }).toBuffer(), 'webp')).toBe(true);
});
