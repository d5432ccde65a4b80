/** Pictures drawn by code, encoded in every way that a file may come. */
import sharp from 'sharp';
import type { Orientation } from '../../../src/core/inspection.ts';
import { animation, insertAfterHeader } from './header-writer.ts';

/** 8-bit samples, interleaved, rows from the top. */
export interface Raw {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
}

/** A picture without any symmetry: gradients, a bright corner and a dark bar. With 4 channels, alpha too. */
export function draw(width: number, height: number, channels: 1 | 3 | 4 = 3): Raw {
  const data = Buffer.alloc(width * height * channels);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += channels) {
      const isCorner = x < width / 4 && y < height / 4;
      const isBar = y > height * 0.7 && x > width / 2;
      const level = isCorner ? 230 : isBar ? 20 : 60;
      const colour = [level + (x * 100) / width / 4, level + (y * 100) / height / 4, 128, (x * 255) / width];
      for (let i = 0; i < channels; i++) data[to + i] = colour[i];
    }
  }
  return { data, width, height, channels };
}

/** A pipeline over raw samples, to encode from. */
export function encoder({ data, width, height, channels }: Raw) {
  return sharp(data, { raw: { width, height, channels } });
}

/** What is seen of samples with alpha on white, or of grey ones, as RGB. */
export function asRgb({ data, width, height, channels }: Raw): Buffer {
  const rgb = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) {
      const level = data[i * channels + (channels === 1 ? 0 : c)];
      const alpha = channels === 4 ? data[i * channels + 3] : 255;
      rgb[i * 3 + c] = Math.round((level * alpha + 255 * (255 - alpha)) / 255);
    }
  }
  return rgb;
}

/** Where the stored picture has what an upright one of the given stored size shows at x, y (Exif 2.32, 4.6.4). */
const STORED_AT: Record<
  Orientation,
  (x: number, y: number, width: number, height: number) => [number, number]
> = {
  1: (x, y) => [x, y],
  2: (x, y, width) => [width - 1 - x, y],
  3: (x, y, width, height) => [width - 1 - x, height - 1 - y],
  4: (x, y, _, height) => [x, height - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, _, height) => [y, height - 1 - x],
  7: (x, y, width, height) => [width - 1 - y, height - 1 - x],
  8: (x, y, width) => [width - 1 - y, x],
};

/** The samples that a file with this orientation stores for an upright picture. */
export function store(upright: Raw, orientation: Orientation): Raw {
  const { channels } = upright;
  const [width, height] =
    orientation >= 5 ? [upright.height, upright.width] : [upright.width, upright.height];
  const data = Buffer.alloc(upright.data.length);
  for (let y = 0; y < upright.height; y++) {
    for (let x = 0; x < upright.width; x++) {
      const [storedX, storedY] = STORED_AT[orientation](x, y, width, height);
      const from = (y * upright.width + x) * channels;
      upright.data.copy(data, (storedY * width + storedX) * channels, from, from + channels);
    }
  }
  return { data, width, height, channels };
}

/** A file, what it shows, and how far an encoder that loses something may be from it, on average over all samples. */
export interface Variant {
  readonly name: string;
  readonly file: Buffer;
  readonly rgb: Buffer;
  readonly tolerance: number;
}

const WIDTH = 96;
const HEIGHT = 64;

/** Every kind of JPEG, PNG and WebP that has to be decoded, 96 x 64. */
export async function variants(): Promise<Variant[]> {
  const colour = draw(WIDTH, HEIGHT);
  const grey = draw(WIDTH, HEIGHT, 1);
  const clear = draw(WIDTH, HEIGHT, 4);
  const deep = Uint16Array.from(colour.data, (level) => level * 257);
  const second = Buffer.alloc(colour.data.length, 77);
  const frames = { ...colour, data: Buffer.concat([colour.data, second]) };
  const animated = sharp(frames.data, {
    raw: { width: WIDTH, height: HEIGHT * 2, channels: 3, pageHeight: HEIGHT },
  });
  const plainPng = await encoder(colour).png().toBuffer();
  const made: [string, Promise<Buffer> | Buffer, Raw, number][] = [
    ['JPEG', encoder(colour).jpeg({ quality: 95 }).toBuffer(), colour, 3],
    ['JPEG, progressive', encoder(colour).jpeg({ quality: 95, progressive: true }).toBuffer(), colour, 3],
    [
      'JPEG, colours at full size',
      encoder(colour).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer(),
      colour,
      2,
    ],
    ['JPEG, grey', encoder(grey).toColourspace('b-w').jpeg({ quality: 95 }).toBuffer(), grey, 2],
    ['JPEG, CMYK', encoder(colour).toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer(), colour, 10],
    ['JPEG, Display P3', encoder(colour).withIccProfile('p3').jpeg({ quality: 95 }).toBuffer(), colour, 4],
    ['PNG', plainPng, colour, 0],
    ['PNG, interlaced', encoder(colour).png({ progressive: true }).toBuffer(), colour, 0],
    ['PNG, grey', encoder(grey).toColourspace('b-w').png().toBuffer(), grey, 0],
    ['PNG, palette', encoder(colour).png({ palette: true, dither: 0 }).toBuffer(), colour, 4],
    ['PNG, 16 bits', encodeDeep(deep), colour, 0],
    ['PNG, Display P3', encoder(colour).withIccProfile('p3').png().toBuffer(), colour, 2],
    ['PNG, sRGB profile', encoder(colour).withIccProfile('srgb').png().toBuffer(), colour, 0],
    ['PNG, transparent', encoder(clear).png().toBuffer(), clear, 1],
    ['PNG, transparent palette', encoder(clear).png({ palette: true, dither: 0 }).toBuffer(), clear, 8],
    ['PNG, animated', insertAfterHeader(plainPng, animation(2)), colour, 0],
    ['WebP', encoder(colour).webp({ quality: 95 }).toBuffer(), colour, 4],
    ['WebP, lossless', encoder(colour).webp({ lossless: true }).toBuffer(), colour, 0],
    ['WebP, transparent', encoder(clear).webp({ lossless: true, exact: true }).toBuffer(), clear, 1],
    ['WebP, animated', animated.webp({ lossless: true, delay: 100 }).toBuffer(), colour, 0],
  ];
  return Promise.all(
    made.map(async ([name, file, shows, tolerance]) => ({
      name,
      file: await file,
      rgb: asRgb(shows),
      tolerance,
    })),
  );
}

function encodeDeep(samples: Uint16Array): Promise<Buffer> {
  return sharp(samples, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .toColourspace('rgb16')
    .png()
    .toBuffer();
}

/** Mean absolute difference per sample; infinite when the lengths differ. */
export function meanDifference(ours: Uint8Array, theirs: Uint8Array): number {
  if (ours.length !== theirs.length) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (let i = 0; i < ours.length; i++) sum += Math.abs(ours[i] - theirs[i]);
  return sum / ours.length;
}
