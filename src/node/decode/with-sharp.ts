import type { Sharp as Image } from 'sharp';
import { corrupt } from '../../core/image/blocks.ts';
import type { Decodable } from '../../core/image/decodable.ts';
import type { Rows } from '../../core/image/finer.ts';
import { MAX_PIXELS } from '../../core/image/limits.ts';
import type { DecodedImage } from '../../core/image/pixels.ts';
import type { Size } from '../../core/image/working-size.ts';
import type { ImageHeader, Orientation } from '../../core/inspection.ts';
import { DAMAGE_DETAILS, fill } from '../../errors.ts';
import type { Sharp } from './sharp.ts';

// Triangle filter, stretched by the factor: free of aliasing and of ringing, and of the kernels that are, the fastest.
export const SCALING = { fit: 'fill', kernel: 'linear' } as const;
const WHITE = '#ffffff';
const INPUT = { limitInputPixels: MAX_PIXELS } as const;

/** What is made of a file. */
export type Decoded = Pick<DecodedImage, 'data' | 'missingBytes'>;

/** What a decoder says of a file before it decodes it. */
export interface SizeAndProfile extends Size {
  readonly profile: Buffer | null;
}

/**
 * Decodes a file as it is given: its colours become sRGB, transparency is laid on white, and it is scaled, and then turned.
 *
 * @param ignoreIcc whether its colour profile is passed over
 * @param target    size of the whole before it is turned
 * @param rows      those of `target` that are wanted; all if left out. Only of a picture that isn't turned
 * @throws DetectError `image.corrupt`
 */
export async function decodeWithSharp(
  sharp: Sharp,
  { bytes, failOn, missingBytes }: Decodable,
  ignoreIcc: boolean,
  header: ImageHeader,
  target: Size,
  rows?: Rows,
): Promise<Decoded> {
  const image = sharp(bytes, { ...INPUT, failOn, ignoreIcc });
  image.toColourspace('srgb');
  if (header.format !== 'jpeg') image.flatten({ background: WHITE });
  const isScaled = target.width !== header.width || target.height !== header.height;
  if (isScaled) image.resize({ ...target, ...SCALING });
  if (rows) {
    const band = { width: target.width, height: rows.end - rows.firstRow };
    return { data: await toRgb(image.extract({ left: 0, top: rows.firstRow, ...band }), band), missingBytes };
  }
  const isTurned = header.orientation >= 5;
  const data = await toRgb(
    turnUpright(image, header.orientation),
    isTurned ? { width: target.height, height: target.width } : target,
  );
  return { data, missingBytes };
}

/**
 * What sharp says of a file.
 *
 * @throws DetectError `image.corrupt`
 */
export async function askSharp(sharp: Sharp, { bytes, failOn }: Decodable): Promise<SizeAndProfile> {
  const { width, height, icc } = await sharp(bytes, { ...INPUT, failOn })
    .metadata()
    .catch((cause: unknown) => {
      throw corrupt(DAMAGE_DETAILS.headerDamaged, { cause });
    });
  return { width, height, profile: icc ?? null };
}

/** Undoes an EXIF orientation after scaling, where fewest pixels move. sharp flips before it rotates. */
export function turnUpright(image: Image, orientation: Orientation): Image {
  switch (orientation) {
    case 1:
      return image;
    case 2:
      return image.flop();
    case 3:
      return image.rotate(180);
    case 4:
      return image.flip();
    case 5:
      return image.flop().rotate(270);
    case 6:
      return image.rotate(90);
    case 7:
      return image.flop().rotate(90);
    case 8:
      return image.rotate(270);
  }
}

/** Runs a pipeline; the buffer that sharp allocated is handed on without a copy. */
export async function toRgb(image: Image, expected: Size): Promise<Uint8Array> {
  const { data, info } = await image
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw corrupt(DAMAGE_DETAILS.damaged, { cause });
    });
  if (info.width !== expected.width || info.height !== expected.height || info.channels !== 3) {
    throw disagreement(expected, info);
  }
  return data;
}

/**
 * Checks what a decoder takes for a picture's size, before it is scaled: behind that, its own no longer shows.
 *
 * @throws DetectError `image.corrupt`
 */
export function checkSize(header: Size, found: Size): void {
  if (found.width !== header.width || found.height !== header.height) throw disagreement(header, found);
}

function disagreement(header: Size, found: Partial<Size>) {
  const { width, height } = header;
  const { width: foundWidth = 0, height: foundHeight = 0 } = found;
  return corrupt(fill(DAMAGE_DETAILS.otherSize, { width, height, foundWidth, foundHeight }));
}
