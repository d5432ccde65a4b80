import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import type { ImageFormat } from '../src/inspection.ts';

/** What is on a picture: one face that fills much of it, ten small ones, or none. */
export type Scene = 'one' | 'ten' | 'none';

/** A picture to measure with. */
export interface BenchPicture {
  readonly scene: Scene;
  readonly format: ImageFormat;
  readonly edge: number;
  readonly bytes: Uint8Array;
}

/** Quality of JPEG and WebP, as cameras and phones use it. */
const QUALITY = 90;

/**
 * Grain over the drawing, so that it is no cheaper to decode than a photo: with it, a JPEG of 1280 x 1280 pixels has
 * about 500 KB, as phones' photos of that size do.
 */
const GRAIN = 18;

const EXAMPLES = new URL('../examples/', import.meta.url);

/** A square picture of a scene, in any size and format. */
export async function makePicture(scene: Scene, format: ImageFormat, edge: number): Promise<BenchPicture> {
  const grain = await sharp({
    create: {
      width: edge,
      height: edge,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: GRAIN },
    },
  })
    .png()
    .toBuffer();
  const drawn = await sharp(await drawScene(scene, edge))
    .composite([{ input: grain, blend: 'soft-light' }])
    .removeAlpha()
    .png()
    .toBuffer();
  return { scene, format, edge, bytes: await encode(sharp(drawn), format, edge) };
}

async function drawScene(scene: Scene, edge: number): Promise<Buffer> {
  if (scene !== 'ten') {
    const name = scene === 'one' ? 'pass.jpg' : 'none.jpg';
    return sharp(await readFile(new URL(name, EXAMPLES)))
      .resize(edge, edge, { fit: 'cover' })
      .png()
      .toBuffer();
  }
  const cell = Math.floor(edge / 4);
  const face = await sharp(await readFile(new URL('pass.jpg', EXAMPLES)))
    .resize(cell, cell)
    .png()
    .toBuffer();
  const faces = Array.from({ length: 10 }, (_, i) => ({
    input: face,
    left: (i % 4) * cell,
    top: Math.floor(i / 4) * cell,
  }));
  return sharp({ create: { width: edge, height: edge, channels: 3, background: '#8899a0' } })
    .composite(faces)
    .png()
    .toBuffer();
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
