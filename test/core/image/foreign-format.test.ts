import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { foreignFormat, unsupported } from '../../../src/core/image/foreign-format.ts';
import { readHeader } from '../../../src/core/image/header.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const box = (...brands: string[]) => {
  const text = `ftyp${brands[0]}\0\0\0\0${brands.slice(1).join('')}`;
  return bytes(`${String.fromCharCode(0, 0, 0, text.length + 4)}${text}\0\0\0\0meta`);
};

describe('what is none of the four formats', () => {
  it.each([
    ['GIF', bytes('GIF89a\x01\0\x01\0')],
    ['PDF', bytes('%PDF-1.7\n')],
    ['TIFF', bytes('II*\0\x08\0\0\0')],
    ['HEIC', box('heic', 'mif1', 'heic')],
    ['HEIC', box('mif1', 'heic', 'miaf')],
    ['AVIF', box('avif', 'mif1', 'miaf')],
    ['AVIF', box('mif1', 'avif')],
    ['HEIF', box('mif1')],
    ['MP4', box('isom', 'iso2', 'mp41')],
    ['QuickTime', box('qt  ')],
    ['JPEG XL', bytes('\xff\x0a\xfa\x7f')],
    ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['SVG', bytes('<?xml version="1.0"?>\n<!-- made by hand -->\n<svg/>')],
    ['SVG', bytes('\xef\xbb\xbf<!DOCTYPE svg PUBLIC "">')],
    ['AVI', bytes('RIFF1234AVI LIST')],
    ['icon', bytes('\0\0\x01\0\x01\0')],
    ['web page', bytes('<!DOCTYPE html>')],
    ['web page', Buffer.from('\ufeff<html>', 'utf16le')],
  ])('is named: %s', (name, file) => {
    expect(() => readHeader(file, true)).toThrow(
      expect.objectContaining({ code: 'image.unsupported', message: expect.stringContaining(name) }),
    );
  });

  it('is named by real files', async () => {
    const picture = sharp({ create: { width: 16, height: 16, channels: 3, background: '#c96' } });
    for (const [format, name] of [
      ['gif', 'GIF'],
      ['tiff', 'TIFF'],
      ['avif', 'AVIF'],
    ] as const) {
      expect(unsupported(await picture.clone().toFormat(format).toBuffer()).message).toContain(name);
    }
  });

  it('is not named where nobody can', () => {
    for (const file of [bytes('hello'), Buffer.alloc(100), bytes('\xff\xfe\xfd')]) {
      expect(foreignFormat(file, true)).toBeUndefined();
      expect(unsupported(file).code).toBe('image.unsupported');
    }
  });

  it('waits for more of a text that may become anything', () => {
    for (const start of ['<', '<?xml version="1.0"?>', '<!-- ', '<!DOCTYPE ']) {
      expect(foreignFormat(bytes(start), false)).toBe('undecided');
      expect(foreignFormat(bytes(start.padEnd(2_000)), false)).toMatchObject({ isPage: true });
    }
  });
});
