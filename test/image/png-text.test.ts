import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { decodeImage } from '../../src/image/decode.ts';
import { readHeader } from '../../src/image/header.ts';
import { withoutText } from '../../src/image/png-text.ts';
import { chunk, insertAfterHeader, tiff } from './header-writer.ts';
import { draw, encoder } from './pictures.ts';

const decode = (file: Buffer) => decodeImage(file, readHeader(file, true));
const picture = await encoder(draw(90, 60)).withIccProfile('p3').png().toBuffer();

it('text before the pixels of a PNG is left out, and nothing else', async () => {
  const text = (type: string) => chunk(type, Buffer.from('Title\0\0\0\0\0words'));
  const others = [chunk('eXIf', tiff(6)), chunk('tEXt', Buffer.from('a\0b'))];
  const without = insertAfterHeader(picture, Buffer.concat(others));
  const strewn = insertAfterHeader(
    picture,
    Buffer.concat([text('zTXt'), others[0], text('iTXt'), text('iTXt'), others[1], text('zTXt')]),
  );
  expect(Buffer.compare(withoutText(strewn), without)).toBe(0);
  expect(withoutText(without)).toBe(without);
  expect(await decode(strewn)).toEqual(await decode(without));
});

it.each(['zTXt', 'iTXt'])('text that inflates to gigabytes costs nothing: %s', async (type) => {
  const head = type === 'zTXt' ? 'a\0\0' : 'a\0\x01\0\0\0';
  const bomb = chunk(type, Buffer.concat([Buffer.from(head, 'latin1'), deflateSync(Buffer.alloc(7.9e6))]));
  const file = insertAfterHeader(picture, Buffer.concat(new Array(1000).fill(bomb)));
  const before = process.cpuUsage();
  await decode(file);
  const { user, system } = process.cpuUsage(before);
  // It would take a second.
  expect((user + system) / 1000).toBeLessThan(500);
});
