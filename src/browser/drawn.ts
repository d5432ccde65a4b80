import { FinerDecoding, rowsOf } from '../core/image/finer.ts';
import type { Band, PixelRows, PixelSource, Pixels } from '../core/image/pixels.ts';
import { firstEdge, fitInside, uprightPixels } from '../core/image/working-size.ts';
import type { FrameFormat, ImageFormat, ImageHeader } from '../core/inspection.ts';
import { type Drawable, drawUpright } from './canvas.ts';

/**
 * The pixels of what the browser has decoded: at the sizes at which Node decodes it, so that both see nearly the same, and because
 * drawing, reading back and looking at fewer pixels is cheaper.
 *
 * @param header  size as drawn, before it is turned
 * @param picture must not be closed before the inspection ends
 */
export function drawnSource(
  picture: Drawable,
  header: ImageHeader<ImageFormat | FrameFormat>,
): Pick<PixelSource, 'coarse' | 'finer'> {
  const finer = new FinerDecoding(header, async (edge, band) => drawRows(picture, header, edge, band));
  return { coarse: drawAll(picture, header), finer: (scale, band) => finer.get(scale, band) };
}

function drawAll(picture: Drawable, header: ImageHeader<ImageFormat | FrameFormat>): Pixels {
  const target = fitInside(header, firstEdge(header));
  return { data: drawUpright(picture, target, header.orientation), ...uprightPixels(header, target) };
}

function drawRows(
  picture: Drawable,
  header: ImageHeader<ImageFormat | FrameFormat>,
  edge: number,
  band: Band,
): PixelRows {
  const target = fitInside(header, edge);
  const pixels = uprightPixels(header, target);
  const rows = rowsOf(band, pixels.height);
  return { data: drawUpright(picture, target, header.orientation, rows), ...pixels, firstRow: rows.firstRow };
}
