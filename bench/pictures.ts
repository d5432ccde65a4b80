import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import type { ImageFormat } from '../src/core/inspection.ts';

/** What is on a picture: one face that fills much of it, ten small ones, none, one small face of a half-length portrait, or a bust. */
export type Scene = 'one' | 'ten' | 'none' | 'small' | 'bust';

/** How else a file may hold the same picture: a progressive JPEG, one that EXIF turns by a quarter, a PNG of 16 bits. */
export type Form = 'progressive' | 'turned' | '16 bits';

/** Which picture to draw. */
export interface PictureSpec {
  readonly scene: Scene;
  readonly format: ImageFormat;
  /** Width and height in pixels. */
  readonly edge: number;
  /** The usual one if left out. */
  readonly form?: Form;
}

/** A picture to measure with. */
export interface BenchPicture extends PictureSpec {
  readonly bytes: Uint8Array;
}

/** Quality of JPEG and WebP, as cameras and phones use it. */
const QUALITY = 90;

/**
 * Standard deviation of the grain over the drawing, in steps of 256, so that it is no cheaper to decode than a photo:
 * with it, a JPEG has a quarter of a byte a pixel, as phones' own photos do (12 megapixels in 3 to 4 MB).
 */
const GRAIN = 18;
const MIDDLE_GREY = 128;
/** Mean and standard deviation of the sum of four even random bytes, which is nearly normal. */
const SUM_MEAN = 510;
const SUM_DEVIATION = 147.8;

const EXAMPLES = new URL('../examples/', import.meta.url);
const EXAMPLE_OF = { one: 'pass.jpg', none: 'none.jpg', small: 'small.jpg', bust: 'sculpture.jpg' } as const;
/** The EXIF orientation of a phone that is held upright. */
const TURNED = 6;

/** How a picture is called in tables and files, such as `jpeg 1280, one`. */
export function nameOf({ format, edge, scene, form }: PictureSpec): string {
  return `${format} ${edge}, ${form ? `${form}, ` : ''}${scene}`;
}

/** Draws pictures one after another; each time the same bytes. */
export async function makePictures(specs: readonly PictureSpec[]): Promise<BenchPicture[]> {
  const pictures: BenchPicture[] = [];
  for (const spec of specs) pictures.push(await makePicture(spec));
  return pictures;
}

/** A square picture of a scene, in any size and format. */
export async function makePicture(spec: PictureSpec): Promise<BenchPicture> {
  const { scene, edge } = spec;
  const raw = { width: edge, height: edge, channels: 3 } as const;
  const rgb = await sharp(await drawScene(scene, edge), { raw })
    .composite([{ input: grain(edge), raw, blend: 'soft-light' }])
    .removeAlpha()
    .raw()
    .toBuffer();
  return { ...spec, bytes: await encode(sharp(rgb, { raw }), spec) };
}

/** Noise around grey, each channel its own, the same at every call (xorshift32). */
function grain(edge: number): Buffer {
  const noise = new Uint8ClampedArray(edge * edge * 3);
  let state = 0x9e3779b9;
  for (let i = 0; i < noise.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const sum = (state & 255) + ((state >>> 8) & 255) + ((state >>> 16) & 255) + (state >>> 24);
    noise[i] = MIDDLE_GREY + ((sum - SUM_MEAN) * GRAIN) / SUM_DEVIATION;
  }
  return Buffer.from(noise.buffer);
}

async function drawScene(scene: Scene, edge: number): Promise<Buffer> {
  if (scene !== 'ten') {
    return example(EXAMPLE_OF[scene], edge).then((image) => image.raw().toBuffer());
  }
  const cell = Math.floor(edge / 4);
  const face = await (await example('pass.jpg', cell)).raw().toBuffer();
  const faces = Array.from({ length: 10 }, (_, i) => ({
    input: face,
    raw: { width: cell, height: cell, channels: 3 } as const,
    left: (i % 4) * cell,
    top: Math.floor(i / 4) * cell,
  }));
  return sharp({ create: { width: edge, height: edge, channels: 3, background: '#8899a0' } })
    .composite(faces)
    .removeAlpha()
    .raw()
    .toBuffer();
}

async function example(name: string, edge: number): Promise<Sharp> {
  return sharp(await readFile(new URL(name, EXAMPLES))).resize(edge, edge, { fit: 'cover' });
}

async function encode(image: Sharp, { format, edge, form }: PictureSpec): Promise<Uint8Array> {
  switch (format) {
    case 'jpeg':
      return (form === 'turned' ? image.rotate(-90).withMetadata({ orientation: TURNED }) : image)
        .jpeg({ quality: QUALITY, progressive: form === 'progressive' })
        .toBuffer();
    case 'png':
      return (form === '16 bits' ? image.toColourspace('rgb16') : image).png().toBuffer();
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
