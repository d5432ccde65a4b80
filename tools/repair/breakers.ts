/** Ways to make a picture that passes into one that is refused, each of which can be repaired. */
import sharp from 'sharp';
import { MAX_BYTES, MAX_EDGE } from '../../src/core/image/limits.ts';
import type { Inspection } from '../../src/core/inspection.ts';

/**
 * @param inspection what is known of the picture
 * @param index      of the picture, to do it a little differently each time
 * @returns null where this picture cannot be broken like that
 */
export type Breaker = (
  bytes: Uint8Array,
  inspection: Inspection,
  index: number,
) => Promise<Uint8Array | null>;

/** The turn that an orientation asks a viewer for, undone. */
const UNDONE = [
  [6, 270],
  [3, 180],
  [8, 90],
] as const;
const FORMATS = ['gif', 'tiff', 'avif'] as const;
/** Width to which a face is shrunk, in pixels, and its share of the new picture's long edge. */
const SMALL_FACE = 110;
const SMALL_SHARES = [0.03, 0.045, 0.06] as const;

/** All of them by what they are refused for. */
export const BREAKERS: Readonly<Record<string, Breaker>> = {
  async orientation(bytes, _, index) {
    const [orientation, angle] = UNDONE[index % UNDONE.length];
    const turned = await upright(bytes).rotate(angle).png().toBuffer();
    return sharp(turned).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();
  },

  async edge(bytes, { image }, index) {
    const edge = MAX_EDGE + 4 + (index % 7) * 300;
    const isWide = image.uprightWidth >= image.uprightHeight;
    return upright(bytes)
      .resize(isWide ? { width: edge } : { height: edge })
      .jpeg({ quality: 92 })
      .toBuffer();
  },

  async aspect(bytes, { image: { uprightWidth: width, uprightHeight: height } }, index) {
    const shape = 2.1 + (index % 5) * 0.4;
    const isWide = index % 2 === 0;
    const [long, short] = isWide ? [width, height] : [height, width];
    const added = Math.ceil(Math.max(0, shape * short - long));
    const before = Math.round((added * (index % 4)) / 3);
    const sides = isWide ? { left: before, right: added - before } : { top: before, bottom: added - before };
    return upright(bytes)
      .extend({ ...sides, extendWith: 'copy' })
      .jpeg({ quality: 92 })
      .toBuffer();
  },

  async format(bytes, _, index) {
    return upright(bytes)
      .toFormat(FORMATS[index % FORMATS.length])
      .toBuffer();
  },

  async 'face too small'(bytes, { image, subject }, index) {
    if (subject === null || subject.box.width < SMALL_FACE) return null;
    const scale = SMALL_FACE / subject.box.width;
    const width = Math.round(image.uprightWidth * scale);
    const height = Math.round(image.uprightHeight * scale);
    const edge = Math.round(SMALL_FACE / SMALL_SHARES[index % SMALL_SHARES.length]);
    const across = Math.max(0, edge - width);
    const down = Math.max(0, Math.round(edge * 0.7) - height);
    const [left, top] = [Math.round((across * (index % 5)) / 4), Math.round((down * (index % 3)) / 2)];
    const shrunk = await upright(bytes).resize(width, height, { fit: 'fill' }).png().toBuffer();
    return sharp(shrunk)
      .extend({ left, right: across - left, top, bottom: down - top, extendWith: 'copy' })
      .jpeg({ quality: 92 })
      .toBuffer();
  },

  async bytes(bytes, { image }) {
    const isWide = image.uprightWidth >= image.uprightHeight;
    const edge = 3200;
    const large = await upright(bytes)
      .resize(isWide ? { width: edge } : { height: edge })
      .png({ compressionLevel: 0 })
      .toBuffer();
    return large.length >= MAX_BYTES ? large : null;
  },
};

function upright(bytes: Uint8Array) {
  return sharp(bytes).autoOrient();
}
