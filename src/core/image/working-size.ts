import type { FrameFormat, ImageFormat, ImageHeader, Orientation } from '../inspection.ts';
import type { Pixels } from './pixels.ts';

/** What the header of a file says, or what stands for one of a frame. */
export type AnyHeader = ImageHeader<ImageFormat | FrameFormat>;

/** LivePortrait scales its source to this long edge before it looks at it (its `source_max_dim`). */
export const WORKING_EDGE = 1280;

/** Long edge of a first decoding, in pixels: as fine as a face of a fifth of the frame needs. */
const FIRST_EDGE = 640;

/** The least edge of a first decoding, in pixels: as fine as a face of a third of the frame needs. */
const LEAST_FIRST_EDGE = 426;

/** The factors by which libjpeg shrinks while it decodes, the largest first. */
const JPEG_FACTORS = [8, 4, 2] as const;

/**
 * The long edge at which a picture is decoded most cheaply for a first look at it. A JPEG is cheapest where
 * libjpeg shrinks it while it decodes, and a frame is judged as a JPEG of it would be; a WebP is cheaper the smaller it gets;
 * PNG and BMP cost the same at any size, so they are decoded at once as finely as anything needs.
 */
export function firstEdge({ format, width, height }: AnyHeader): number {
  if (format === 'png' || format === 'bmp') return WORKING_EDGE;
  if (format === 'webp') return FIRST_EDGE;
  const long = Math.max(width, height);
  const factor = jpegFactor(long, LEAST_FIRST_EDGE);
  if (factor === 1) return FIRST_EDGE;
  let edge = Math.min(FIRST_EDGE, Math.floor(long / (factor + 1)));
  // The short edge, rounded, must be as much smaller as the long one.
  while (shortEdge(edge, { width, height }) * (factor + 1) > Math.min(width, height)) edge--;
  return edge;
}

function shortEdge(maxEdge: number, size: Size): number {
  const { width, height } = fitInside(size, maxEdge);
  return Math.min(width, height);
}

/**
 * The long edge of a finer decoding, where a first one was too coarse: the working edge, but of a large JPEG less
 * where that is enough and libjpeg shrinks it by more.
 *
 * @param needed the long edge that would be fine enough, in pixels
 */
export function finerEdge({ format, width, height }: AnyHeader, needed: number): number {
  const long = Math.max(width, height);
  const isShrunk = format === 'jpeg' || format === 'frame';
  const isCheaper = jpegFactor(long, FIRST_EDGE) > jpegFactor(long, WORKING_EDGE);
  return isShrunk && isCheaper && needed <= FIRST_EDGE ? FIRST_EDGE : WORKING_EDGE;
}

/** By how much a JPEG's edge is shrunk while it is decoded: as in sharp, by a factor only where at least one more is wanted. */
export function jpegFactor(long: number, edge: number): number {
  return JPEG_FACTORS.find((factor) => long >= (factor + 1) * edge) ?? 1;
}

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size of a picture scaled down to a long edge; at least one pixel each way. */
export function fitInside({ width, height }: Size, maxEdge: number): Size {
  const scale = Math.min(1, maxEdge / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** The size and the scale of a picture decoded at a size, once it is upright. */
export function uprightPixels(
  { width, height, orientation }: Size & { readonly orientation: Orientation },
  target: Size,
): Omit<Pixels, 'data'> {
  return orientation >= 5
    ? {
        width: target.height,
        height: target.width,
        scaleX: height / target.height,
        scaleY: width / target.width,
      }
    : {
        width: target.width,
        height: target.height,
        scaleX: width / target.width,
        scaleY: height / target.height,
      };
}
