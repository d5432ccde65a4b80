import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64 } from '../../src/wire/base64.ts';

const pause = async () => undefined;
const decode = async (text: string) => Buffer.from(await decodeBase64(Buffer.from(text, 'latin1'), pause));
/** As JSON has it between quotes, with what some libraries escape more than they must. */
const STYLES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replaceAll('/', '\\/'),
  (text) => text.replaceAll('=', '\\u003d').replaceAll('+', '\\u002B'),
  (text) => text.replaceAll(/.{1,76}/g, '$&\\r\\n'),
  (text) => text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
  (text) => `data:image/png;base64,${text}`,
  (text) => `data:image\\/png;name=a;base64,${text}`,
];

describe('decodeBase64', () => {
  it('gives the bytes back, however they are written', async () => {
    const style = fc.constantFrom(...STYLES);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), style, async (bytes, write) => {
        const text = write(Buffer.from(bytes).toString('base64'));
        expect(await decode(text)).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it('goes over slices, with a pause before each', async () => {
    const bytes = Buffer.from(Uint8Array.from({ length: 1_000_000 }, (_, at) => at * 7));
    for (const write of STYLES) {
      let pauses = 0;
      const text = write(bytes.toString('base64'));
      const decoded = await decodeBase64(Buffer.from(text), async () => void pauses++);
      expect(bytes.equals(decoded)).toBe(true);
      expect(decoded.buffer.byteLength).toBe(bytes.length);
      expect(pauses).toBeGreaterThan(4);
    }
  });

  it.each([
    'a',
    'abcde',
    'äöü',
    'ab!d',
    'ab=d',
    'abc===',
    '====',
    'data:image/png,abcd',
    'ab\\qd',
    'ab\\u00',
    'ab\\u1041',
    'ab\\\\d',
    'ab\\u005cnd',
    'ab\0d',
  ])('refuses %j', async (text) => {
    await expect(decode(text)).rejects.toMatchObject({ code: 'body.invalid' });
  });
});
