import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readHeader } from '../../../src/core/image/header.ts';
import { withoutPngMetadata } from '../../../src/core/image/png-start.ts';
import { decodeImage } from '../../../src/node/decode/decode.ts';
import { chunk, insertAfterHeader, tiff } from './header-writer.ts';
import { draw, encoder } from './pictures.ts';

const decode = (file: Buffer) => decodeImage(file, readHeader(file, true));
const picture = await encoder(draw(90, 60)).withIccProfile('p3').png().toBuffer();

it('metadata before the pixels of a PNG is left out, and nothing else', async () => {
  const text = (type: string) => chunk(type, Buffer.from('Title\0\0\0\0\0words'));
  const other = chunk('pHYs', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 0]));
  const without = insertAfterHeader(picture, other);
  const metadata = [text('zTXt'), text('tEXt'), other, text('iTXt'), text('iTXt'), text('zTXt')];
  const strewn = insertAfterHeader(picture, Buffer.concat([...metadata, chunk('eXIf', tiff(3))]));
  expect(Buffer.compare(withoutPngMetadata(strewn), without)).toBe(0);
  expect(withoutPngMetadata(without)).toBe(without);
  const header = readHeader(strewn, true);
  expect(header.orientation).toBe(3);
  expect(await decodeImage(strewn, { ...header, orientation: 1 })).toEqual(await decode(without));
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
