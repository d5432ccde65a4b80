import type { Rows } from '../core/image/finer.ts';
import type { Size } from '../core/image/working-size.ts';
import type { Orientation } from '../core/inspection.ts';

/** What a canvas can draw in a worker. */
export type Drawable = ImageBitmap | VideoFrame;

const WHITE = '#ffffff';

/**
 * What has to be done to a picture of each EXIF orientation, as a canvas has it: where its x and its y axis go, by -1, 0 or 1.
 */
const AXES: Readonly<Record<Orientation, readonly [number, number, number, number]>> = {
  1: [1, 0, 0, 1],
  2: [-1, 0, 0, 1],
  3: [-1, 0, 0, -1],
  4: [1, 0, 0, -1],
  5: [0, 1, 1, 0],
  6: [0, 1, -1, 0],
  7: [0, -1, -1, 0],
  8: [0, -1, 1, 0],
};

/**
 * The pixels of a picture at a size, turned upright, on white.
 *
 * @param target      the size before it is turned, in pixels
 * @param orientation EXIF's
 * @param only        the rows of the upright picture that are wanted; all of them if left out
 * @returns R, G, B for each pixel, rows from the top
 */
export function drawUpright(
  picture: Drawable,
  target: Size,
  orientation: Orientation,
  only?: Rows,
): Uint8Array {
  const isTurned = orientation >= 5;
  const [width, height] = isTurned ? [target.height, target.width] : [target.width, target.height];
  const { firstRow, end } = only ?? { firstRow: 0, end: height };
  const rows = end - firstRow;
  const canvas = new OffscreenCanvas(width, rows);
  // The pixels are read back at once, which is cheap only where no graphics card holds them.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null) throw new Error('the browser has no canvas to decode on');
  context.fillStyle = WHITE;
  context.fillRect(0, 0, width, rows);
  const [a, b, c, d] = AXES[orientation];
  context.setTransform(a, b, c, d, a + c < 0 ? width : 0, (b + d < 0 ? height : 0) - firstRow);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, target.width, target.height);
  return withoutAlpha(context.getImageData(0, 0, width, rows).data);
}

function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from];
    rgb[to + 1] = rgba[from + 1];
    rgb[to + 2] = rgba[from + 2];
  }
  return rgb;
}
