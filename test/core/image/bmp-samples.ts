import { type BmpSpec, buildBmp, type Colour, packRows } from './bmp-writer.ts';

/** The drawn picture: every level of every channel somewhere, no symmetry. */
function colourAt(x: number, y: number): Colour {
  return [(x * 13 + y * 5) & 255, (x * 3 + y * 29 + 40) & 255, (x * y * 7 + 90) & 255];
}

/** A file, and its pixels as R, G, B from the top left. */
export interface BmpSample {
  readonly name: string;
  readonly file: Buffer;
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  /** What is known of ImageMagick 6 with this file; it agrees where nothing is said. */
  readonly magick: Magick;
}

/**
 * `refuses` it; `alpha`: takes a byte for alpha that no mask or no pixel makes one, so that only the colours can be
 * compared; `rounds`: may be off by one in blending and in fields of more than 8 bits; `dims`: shows the brightest
 * level of a 4-bit field as 240.
 */
export type Magick = 'agrees' | 'refuses' | 'alpha' | 'rounds' | 'dims';

/** Collects `colour` of every pixel. */
function rgbOf(width: number, height: number, colour: (x: number, y: number) => Colour): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 3) rgb.set(colour(x, y), to);
  }
  return rgb;
}

// Odd on purpose: rows of every depth need padding.
const WIDTH = 37;
const HEIGHT = 29;

type Options = Partial<Omit<BmpSpec, 'pixels' | 'width' | 'height' | 'bits'>> & { magick?: Magick };

/** A sample of true colours: `store` says how a colour is stored, `show` what is left of it. */
function trueColour(
  name: string,
  bits: number,
  options: Options,
  store: (colour: Colour, x: number, y: number) => number,
  show: (colour: Colour, x: number, y: number) => Colour = (colour) => colour,
): BmpSample {
  const pixels = packRows(WIDTH, HEIGHT, bits, options.topDown ?? false, (x, y) =>
    store(colourAt(x, y), x, y),
  );
  return {
    name,
    width: WIDTH,
    height: HEIGHT,
    file: buildBmp({ ...options, width: WIDTH, height: HEIGHT, bits, pixels }),
    rgb: rgbOf(WIDTH, HEIGHT, (x, y) => show(colourAt(x, y), x, y)),
    magick: options.magick ?? 'agrees',
  };
}

/** A palette of `length` colours in no order. */
function drawnPalette(length: number): Colour[] {
  return Array.from({ length }, (_, i) => colourAt(i * 11, i * 5));
}

function indexed(name: string, bits: number, options: Options = {}, length = 2 ** bits): BmpSample {
  const palette = drawnPalette(length);
  const indexAt = (x: number, y: number) => (x * 5 + y * 3 + ((x * y) >> 2)) % length;
  return {
    name,
    width: WIDTH,
    height: HEIGHT,
    file: buildBmp({
      ...options,
      palette,
      width: WIDTH,
      height: HEIGHT,
      bits,
      pixels: packRows(WIDTH, HEIGHT, bits, options.topDown ?? false, indexAt),
    }),
    rgb: rgbOf(WIDTH, HEIGHT, (x, y) => palette[indexAt(x, y)]),
    magick: options.magick ?? 'agrees',
  };
}

const rgb24 = ([red, green, blue]: Colour) => (red << 16) | (green << 8) | blue;
const bgr24 = ([red, green, blue]: Colour) => (blue << 16) | (green << 8) | red;
const rgb555 = ([red, green, blue]: Colour) => ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3);
const rgb565 = ([red, green, blue]: Colour) => ((red >> 3) << 11) | ((green >> 2) << 5) | (blue >> 3);
const five = (level: number) => (level & 0xf8) | (level >> 5);
const six = (level: number) => (level & 0xfc) | (level >> 6);
const show555 = ([red, green, blue]: Colour): Colour => [five(red), five(green), five(blue)];
const show565 = ([red, green, blue]: Colour): Colour => [five(red), six(green), five(blue)];
const alphaAt = (x: number, y: number) => (x * 7 + y * 3) & 255;
const onWhite = (level: number, alpha: number) => Math.round((level * alpha + 255 * (255 - alpha)) / 255);

const MASKS_8888 = [0xff0000, 0x00ff00, 0x0000ff, 0xff000000];
const MASKS_565 = [0xf800, 0x07e0, 0x001f];

/** One file of every layout that is read. */
export function bmpSamples(): BmpSample[] {
  return [
    trueColour('24 bits, bottom-up', 24, {}, rgb24),
    trueColour('24 bits, top-down', 24, { topDown: true }, rgb24),
    trueColour('24 bits, OS/2 core header', 24, { header: 12 }, rgb24),
    trueColour('24 bits, OS/2 2.x short header', 24, { header: 16, magick: 'refuses' }, rgb24),
    trueColour('24 bits, OS/2 2.x header', 24, { header: 64 }, rgb24),
    trueColour('24 bits, V4 header', 24, { header: 108 }, rgb24),
    trueColour('24 bits, V5 header', 24, { header: 124 }, rgb24),
    trueColour('24 bits, gap before the pixels', 24, { gap: 6 }, rgb24),
    trueColour('32 bits, fourth byte zero', 32, {}, rgb24),
    trueColour('32 bits, top-down', 32, { topDown: true }, rgb24),
    trueColour(
      '32 bits, noise in the fourth byte',
      32,
      { magick: 'alpha' },
      (c, x, y) => rgb24(c) | (alphaAt(x, y) << 24),
    ),
    trueColour('32 bits, fields swapped', 32, { compression: 3, masks: [0xff, 0xff00, 0xff0000] }, bgr24),
    trueColour(
      '32 bits, V2 fields',
      32,
      { header: 52, compression: 3, masks: MASKS_8888.slice(0, 3), magick: 'alpha' },
      rgb24,
    ),
    trueColour(
      '32 bits, V3 fields',
      32,
      { header: 56, compression: 3, masks: [...MASKS_8888.slice(0, 3), 0] },
      rgb24,
    ),
    trueColour(
      '32 bits, V5, alpha zero all over',
      32,
      { header: 124, compression: 3, masks: MASKS_8888, magick: 'alpha' },
      rgb24,
    ),
    trueColour(
      '32 bits, V5, alpha',
      32,
      { header: 124, compression: 3, masks: MASKS_8888, magick: 'rounds' },
      (c, x, y) => rgb24(c) | (alphaAt(x, y) << 24),
      (c, x, y) => c.map((level) => onWhite(level, alphaAt(x, y))) as unknown as Colour,
    ),
    trueColour(
      '32 bits, alpha fields behind the INFO header',
      32,
      { compression: 6, masks: MASKS_8888, magick: 'refuses' },
      (c, x, y) => rgb24(c) | (alphaAt(x, y) << 24),
      (c, x, y) => c.map((level) => onWhite(level, alphaAt(x, y))) as unknown as Colour,
    ),
    trueColour(
      '32 bits, fields of 10 bits',
      32,
      { compression: 3, masks: [0x3ff00000, 0x000ffc00, 0x000003ff], magick: 'rounds' },
      ([red, green, blue]) => (red << 22) | (green << 12) | (blue << 2),
    ),
    trueColour('16 bits, 5-5-5', 16, {}, rgb555, show555),
    trueColour(
      '16 bits, 5-5-5 fields, V4',
      16,
      { header: 108, compression: 3, masks: [0x7c00, 0x3e0, 0x1f, 0] },
      rgb555,
      show555,
    ),
    trueColour('16 bits, 5-6-5 fields', 16, { compression: 3, masks: MASKS_565 }, rgb565, show565),
    trueColour(
      '16 bits, 5-6-5 fields, top-down',
      16,
      { compression: 3, masks: MASKS_565, topDown: true },
      rgb565,
      show565,
    ),
    trueColour(
      '16 bits, fields of 4 bits',
      16,
      { compression: 3, masks: [0xf00, 0xf0, 0xf], magick: 'dims' },
      ([red, green, blue]) => ((red >> 4) << 8) | (green & 0xf0) | (blue >> 4),
      (c) => c.map((level) => (level & 0xf0) | (level >> 4)) as unknown as Colour,
    ),
    indexed('8 bits', 8),
    indexed('8 bits, top-down', 8, { topDown: true }),
    indexed('8 bits, OS/2 core header', 8, { header: 12 }),
    indexed('8 bits, V5', 8, { header: 124 }),
    indexed('8 bits, 100 colours', 8, { coloursUsed: 100 }, 100),
    indexed('4 bits', 4),
    indexed('4 bits, OS/2 core header', 4, { header: 12 }),
    indexed('4 bits, 10 colours', 4, { coloursUsed: 10 }, 10),
    indexed('2 bits', 2, { magick: 'refuses' }),
    indexed('1 bit', 1),
    indexed('1 bit, OS/2 core header', 1, { header: 12 }),
    runLengths('RLE8', 8, false),
    runLengths('RLE4', 4, false),
    runLengths('RLE8 that ends early', 8, true),
    runLengths('RLE4 that ends early', 4, true),
  ];
}

/**
 * A run-length file that has everything in it: runs, absolute runs of odd length, jumps, a line that ends early, and
 * last rows that are jumped over or, for `early`, not even mentioned. Pixels never written have index 0.
 */
function runLengths(name: string, bits: 4 | 8, early: boolean): BmpSample {
  const palette = drawnPalette(2 ** bits);
  const width = 20;
  const height = 10;
  const pack = (values: number[]) =>
    bits === 8
      ? values
      : Array.from(
          { length: Math.ceil(values.length / 2) },
          (_, i) => (values[2 * i] << 4) | (values[2 * i + 1] ?? 0),
        );
  const run = (count: number, values: number[]) => [
    count,
    bits === 8 ? values[0] : (values[0] << 4) | values[1],
  ];
  const absolute = (values: number[]) => {
    const packed = pack(values);
    return [0, values.length, ...packed, ...(packed.length % 2 ? [0] : [])];
  };
  const both = bits === 8 ? [3, 3] : [3, 12];
  const pixels = Uint8Array.from([
    ...[...run(20, both), 0, 0],
    ...[...absolute([1, 2, 3, 4, 5]), ...run(15, both), 0, 0],
    ...[...run(4, both), 0, 2, 6, 2, ...absolute([9, 8, 7]), 0, 0],
    ...[...run(7, both), ...(early ? [] : [0, 0, 0, 2, 0, 4]), 0, 1],
  ]);
  const alternate = (i: number) => both[i % 2];
  const rows: Record<number, (x: number) => number> = {
    0: (x) => alternate(x),
    1: (x) => (x < 5 ? x + 1 : alternate(x - 5)),
    2: (x) => (x < 4 ? alternate(x) : 0),
    4: (x) => (x >= 10 && x < 13 ? 19 - x : 0),
    5: (x) => (x < 7 ? alternate(x) : 0),
  };
  const indexAt = (x: number, y: number) => rows[height - 1 - y]?.(x) ?? 0;
  return {
    name,
    width,
    height,
    file: buildBmp({ width, height, bits, compression: bits === 8 ? 1 : 2, palette, pixels }),
    rgb: rgbOf(width, height, (x, y) => palette[indexAt(x, y)]),
    magick: early ? 'refuses' : 'agrees',
  };
}
