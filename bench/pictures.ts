import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import type { ImageFormat } from '../src/inspection.ts';

/** A picture to measure with. */
export interface BenchPicture {
  readonly format: ImageFormat;
  readonly edge: number;
  readonly bytes: Uint8Array;
}

/** Quality of JPEG and WebP, as cameras and phones use it. */
const QUALITY = 90;

/** Noise of a camera's sensor, so that a drawn picture is no cheaper to decode than a photo. */
const SENSOR_NOISE = 4;

/** The drawn portrait as a square of any size, in any of the formats. */
export async function makePicture(format: ImageFormat, edge: number): Promise<BenchPicture> {
  const portrait = await readFile(new URL('../examples/pass.jpg', import.meta.url));
  const noise = await sharp({
    create: {
      width: edge,
      height: edge,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: SENSOR_NOISE },
    },
  })
    .png()
    .toBuffer();
  const image = sharp(portrait)
    .resize(edge, edge, { fit: 'cover' })
    .composite([{ input: noise, blend: 'soft-light' }])
    .removeAlpha();
  return { format, edge, bytes: await encode(image, format, edge) };
}

async function encode(image: Sharp, format: ImageFormat, edge: number): Promise<Uint8Array> {
  switch (format) {
    case 'jpeg':
      return image.jpeg({ quality: QUALITY }).toBuffer();
    case 'png':
      return image.png().toBuffer();
    case 'webp':
      return image.webp({ quality: QUALITY }).toBuffer();
    case 'bmp':
      return encodeBmp(await image.raw().toBuffer(), edge);
  }
}

/** 24 bits a pixel, bottom row first, rows padded to four bytes. */
function encodeBmp(rgb: Buffer, edge: number): Uint8Array {
  const stride = Math.ceil((edge * 3) / 4) * 4;
  const bytes = Buffer.alloc(54 + stride * edge);
  bytes.write('BM');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(edge, 18);
  bytes.writeInt32LE(edge, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  for (let y = 0; y < edge; y++) {
    for (let x = 0; x < edge; x++) {
      const from = (y * edge + x) * 3;
      const to = 54 + (edge - 1 - y) * stride + x * 3;
      bytes[to] = rgb[from + 2];
      bytes[to + 1] = rgb[from + 1];
      bytes[to + 2] = rgb[from];
    }
  }
  return bytes;
}
