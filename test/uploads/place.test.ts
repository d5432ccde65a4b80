import fc from 'fast-check';
import { expect, it } from 'vitest';
import { folderOf, isUploadAddress, objectKeyOf, placeOf } from '../../src/uploads/place.ts';

const KEY = '0123456789abcdef';
/** UTF-16 of any kind, with those more often that mean something in a path. */
const units = fc.array(fc.oneof(fc.constantFrom(...Buffer.from('./\\%2ef\0')), fc.nat(0xffff)));

it('has hexadecimal digits for names, whatever the object is called', () => {
  const folder = folderOf(KEY, new Date('2026-11-28T23:59:59Z'), 'one');
  expect(folder).toBe(`dashscope-instant/${KEY}/2026-11-28/one`);
  fc.assert(
    fc.property(
      units.map((codes) => String.fromCharCode(...codes)),
      (name) => {
        let place: ReturnType<typeof placeOf>;
        try {
          place = placeOf(`${folder}/${name}`);
        } catch (error) {
          expect(error).toMatchObject({ code: 'upload.key' });
          return;
        }
        expect(place).toEqual({ keyId: KEY, name: expect.stringMatching(/^[0-9a-f]{64}$/) });
      },
    ),
  );
});

it('tells an upload’s address by its scheme', () => {
  for (const address of ['oss://a/b', 'OSS://a/b']) {
    expect([isUploadAddress(address), objectKeyOf(address)]).toEqual([true, 'a/b']);
  }
  for (const address of ['https://a/oss://b', 'oss:/a', ' oss://a', ''])
    expect(isUploadAddress(address)).toBe(false);
});
