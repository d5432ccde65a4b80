import type { Sharp as Image } from 'sharp';
import { corrupt } from '../core/image/blocks.ts';
import { decodeBmp } from '../core/image/bmp/decode.ts';
import { makeDecodable } from '../core/image/decodable.ts';
import { readHeader } from '../core/image/header.ts';
import { MAX_BYTES } from '../core/image/limits.ts';
import type { Box, Orientation, QuarterTurns } from '../core/inspection.ts';
import { DAMAGE_DETAILS, DetectError, fill } from '../errors.ts';
import { isPassedOver } from '../node/decode/profile.ts';
import type { Sharp } from '../node/decode/sharp.ts';
import { turnUpright } from '../node/decode/with-sharp.ts';
import type { EngineName } from '../node/engine.ts';
import { loadSharpForAll } from './foreign-loaders.ts';
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
  readonly #source: () => Image;
  readonly #sharp: Sharp;
  #copy: Promise<Copy> | undefined;

  private constructor(sharp: Sharp, info: SourceInfo, source: () => Image) {
    this.info = info;
    this.#sharp = sharp;
    this.#source = source;
  }

  /**
   * @param bytes the whole file
   * @param turns  see {@link SourceInfo.turns}
   * @param engine what decodes and encodes; see `loadSharp`
   * @throws DetectError `image.unsupported`, `image.corrupt`, `image.edge` when it is too large to be repaired;
   *   `inspector.unavailable`
   */
  static async open(bytes: Uint8Array, turns: QuarterTurns = 0, engine?: EngineName): Promise<OpenedPicture> {
    const format = sniffSource(bytes);
    const sharp = await loadSharpForAll(engine);
    const header = isOfContract(format) ? readHeader(bytes, true) : await readForeignHeader(sharp, bytes);
    const { width, height } = header;
    const orientation = turnedOrientation(header.orientation, turns);
    if (width * height > MAX_REPAIR_PIXELS) {
      throw new DetectError(
        'image.edge',
        fill(DAMAGE_DETAILS.repairPixels, { width, height, most: MAX_REPAIR_PIXELS }),
      );
    }
    const [uprightWidth, uprightHeight] = orientation >= 5 ? [height, width] : [width, height];
    const upright = { uprightWidth, uprightHeight };
    const info = { format, bytes: bytes.length, width, height, orientation, turns, ...upright };
    return new OpenedPicture(sharp, info, await prepare(sharp, bytes, info));
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
    const bytes = await this.#fromRaw(copy)
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
      const bytes = await this.#fromRaw(pixels).png().toBuffer();
      if (bytes.length < MAX_BYTES) return { bytes: new Uint8Array(bytes), format, size, quality: null };
    }
    for (const quality of JPEG_QUALITIES) {
      const bytes = await this.#fromRaw(pixels).jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer();
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
    return this.#turn(await toRaw(image), orientation);
  }

  async #cut(frame: Box, size: Size): Promise<Copy> {
    const { orientation } = this.info;
    const image = this.#source().extract(toRegion(toStored(frame, orientation, this.info)));
    if (size.width === frame.width && size.height === frame.height) {
      return this.#turn(await toRaw(image), orientation);
    }
    const [width, height] = orientation >= 5 ? [size.height, size.width] : [size.width, size.height];
    return this.#turn(await toRaw(image.resize({ width, height, fit: 'fill' })), orientation);
  }

  #fromRaw({ data, width, height }: Copy): Image {
    return this.#sharp(data, {
      raw: { width, height, channels: 3 },
      limitInputPixels: MAX_REPAIR_PIXELS,
    });
  }

  /** In a step of its own, since the order in which sharp does things within one depends on what they are. */
  async #turn(copy: Copy, orientation: Orientation): Promise<Copy> {
    return orientation === 1 ? copy : toRaw(turnUpright(this.#fromRaw(copy), orientation));
  }
}

async function readForeignHeader(sharp: Sharp, bytes: Uint8Array) {
  const { width, height, orientation } = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(refuseDamaged);
  const isKnown = orientation !== undefined && orientation >= 1 && orientation <= 8;
  return { width, height, orientation: (isKnown ? orientation : 1) as Orientation };
}

/** What decodes the file: BMP is decoded here, once, and all else by sharp each time. */
async function prepare(sharp: Sharp, file: Uint8Array, { format }: SourceInfo): Promise<() => Image> {
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

async function toRaw(image: Image): Promise<Copy> {
  const { data, info } = await image
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(refuseDamaged);
  if (info.channels !== 3) throw corrupt(fill(DAMAGE_DETAILS.channels, { count: info.channels }));
  return { data, width: info.width, height: info.height };
}

function refuseDamaged(cause: unknown): never {
  throw corrupt(DAMAGE_DETAILS.notDecoded, { cause });
}
