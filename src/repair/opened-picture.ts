import type { Sharp } from 'sharp';
import { corrupt } from '../core/image/blocks.ts';
import { decodeBmp } from '../core/image/bmp/decode.ts';
import { makeDecodable } from '../core/image/decodable.ts';
import { readHeader } from '../core/image/header.ts';
import { MAX_BYTES } from '../core/image/limits.ts';
import type { Box, Orientation, QuarterTurns } from '../core/inspection.ts';
import { DetectError } from '../errors.ts';
import { turnUpright } from '../node/decode/decode.ts';
import { isPassedOver } from '../node/decode/profile.ts';
import { sharp } from './foreign-loaders.ts';
import { clipTo, type Size, toStored, turnedOrientation } from './geometry.ts';
import { JPEG_QUALITIES, LOOK_PIXELS, MAX_REPAIR_PIXELS } from './limits.ts';
import { scaleUnder } from './plan.ts';
import type { Rendered, RenderRequest, View } from './reader-protocol.ts';
import { isOfContract, type SourceInfo, sniffSource } from './source.ts';

const WHITE = '#ffffff';

/** Decoded pixels: upright sRGB, three channels. */
interface Copy extends Size {
  readonly data: Buffer;
}

/** A file that is open: what it is, parts of it to look at, and the picture made from it. */
export class OpenedPicture {
  readonly info: SourceInfo;
  /** A pipeline that decodes all of the stored picture to sRGB, as often as it is asked. */
  readonly #source: () => Sharp;
  #copy: Promise<Copy> | undefined;

  private constructor(info: SourceInfo, source: () => Sharp) {
    this.info = info;
    this.#source = source;
  }

  /**
   * @param bytes the whole file
   * @param turns see {@link SourceInfo.turns}
   * @throws DetectError `image.unsupported`, `image.corrupt`, `image.edge` when it is too large to be repaired
   */
  static async open(bytes: Uint8Array, turns: QuarterTurns = 0): Promise<OpenedPicture> {
    const format = sniffSource(bytes);
    const header = isOfContract(format) ? readHeader(bytes, true) : await readForeignHeader(bytes);
    const { width, height } = header;
    const orientation = turnedOrientation(header.orientation, turns);
    if (width * height > MAX_REPAIR_PIXELS) {
      throw new DetectError(
        'image.edge',
        `The picture is ${width} x ${height} pixels; more than ${MAX_REPAIR_PIXELS} are not repaired.`,
      );
    }
    const [uprightWidth, uprightHeight] = orientation >= 5 ? [height, width] : [width, height];
    const upright = { uprightWidth, uprightHeight };
    const info = { format, bytes: bytes.length, width, height, orientation, turns, ...upright };
    return new OpenedPicture(info, await prepare(bytes, info));
  }

  /**
   * A part of the upright picture.
   *
   * @param maxEdge its longest edge in pixels; nothing is enlarged
   */
  async view(box: Box, maxEdge: number): Promise<View> {
    this.#copy ??= this.#decodeCopy();
    const copy = await this.#copy;
    const across = this.info.uprightWidth / copy.width;
    const down = this.info.uprightHeight / copy.height;
    const wanted = {
      x: box.x / across,
      y: box.y / down,
      width: box.width / across,
      height: box.height / down,
    };
    const part = toRegion(clipTo(copy, wanted));
    const size = scaleUnder(maxEdge, part);
    const bytes = await fromRaw(copy)
      .extract(part)
      .resize({ ...size, fit: 'fill' })
      .png({ compressionLevel: 0 })
      .toBuffer();
    return {
      bytes: new Uint8Array(bytes),
      box: {
        x: part.left * across,
        y: part.top * down,
        width: part.width * across,
        height: part.height * down,
      },
    };
  }

  /** The repaired picture, small enough for the contract. Its pixels are resampled once where it is scaled, else never. */
  async render({ frame, size, format }: RenderRequest): Promise<Rendered> {
    const pixels = await this.#cut(frame, size);
    if (format === 'png') {
      const bytes = await fromRaw(pixels).png().toBuffer();
      if (bytes.length < MAX_BYTES) return { bytes: new Uint8Array(bytes), format, size, quality: null };
    }
    for (const quality of JPEG_QUALITIES) {
      const bytes = await fromRaw(pixels).jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer();
      if (bytes.length < MAX_BYTES) return { bytes: new Uint8Array(bytes), format: 'jpeg', size, quality };
    }
    const half = scaleUnder(Math.floor(Math.max(size.width, size.height) / 2), size);
    return this.render({ frame, size: half, format: 'jpeg' });
  }

  async #decodeCopy(): Promise<Copy> {
    const { width, height, orientation } = this.info;
    const scale = Math.min(1, Math.sqrt(LOOK_PIXELS / (width * height)));
    const size = scaleUnder(Math.floor(Math.max(width, height) * scale), { width, height });
    const image =
      scale < 1 ? this.#source().resize({ ...size, fit: 'fill', kernel: 'linear' }) : this.#source();
    return turn(await toRaw(image), orientation);
  }

  async #cut(frame: Box, size: Size): Promise<Copy> {
    const { orientation } = this.info;
    const image = this.#source().extract(toRegion(toStored(frame, orientation, this.info)));
    if (size.width === frame.width && size.height === frame.height) {
      return turn(await toRaw(image), orientation);
    }
    const [width, height] = orientation >= 5 ? [size.height, size.width] : [size.width, size.height];
    return turn(await toRaw(image.resize({ width, height, fit: 'fill' })), orientation);
  }
}

async function readForeignHeader(bytes: Uint8Array) {
  const { width, height, orientation } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(refuseDamaged);
  const isKnown = orientation !== undefined && orientation >= 1 && orientation <= 8;
  return { width, height, orientation: (isKnown ? orientation : 1) as Orientation };
}

/** What decodes the file: BMP is decoded here, once, and all else by sharp each time. */
async function prepare(file: Uint8Array, { format }: SourceInfo): Promise<() => Sharp> {
  if (format === 'bmp') {
    const { data, width, height } = decodeBmp(file);
    return () => sharp(data, { raw: { width, height, channels: 3 } });
  }
  const { bytes, failOn } = isOfContract(format)
    ? makeDecodable(file, format)
    : { bytes: file, failOn: 'error' as const };
  const options = { failOn, limitInputPixels: MAX_REPAIR_PIXELS };
  const { icc } = await sharp(bytes, options).metadata().catch(refuseDamaged);
  const ignoreIcc = icc !== undefined && isPassedOver(icc);
  return () =>
    sharp(bytes, { ...options, ignoreIcc })
      .flatten({ background: WHITE })
      .toColourspace('srgb');
}

function toRegion({ x, y, width, height }: Box) {
  const left = Math.floor(x);
  const top = Math.floor(y);
  return {
    left,
    top,
    width: Math.max(1, Math.floor(x + width) - left),
    height: Math.max(1, Math.floor(y + height) - top),
  };
}

function fromRaw({ data, width, height }: Copy): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: MAX_REPAIR_PIXELS });
}

async function toRaw(image: Sharp): Promise<Copy> {
  const { data, info } = await image
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(refuseDamaged);
  if (info.channels !== 3) throw corrupt(`The picture has ${info.channels} channels after decoding.`);
  return { data, width: info.width, height: info.height };
}

/** In a step of its own, since the order in which sharp does things within one depends on what they are. */
async function turn(copy: Copy, orientation: Orientation): Promise<Copy> {
  return orientation === 1 ? copy : toRaw(turnUpright(fromRaw(copy), orientation));
}

function refuseDamaged(cause: unknown): never {
  throw corrupt('The picture cannot be decoded: it is damaged, cut off, or of a kind that is not read.', {
    cause,
  });
}
