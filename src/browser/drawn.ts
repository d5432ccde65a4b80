import { FinerDecoding, rowsOf } from '../core/image/finer.ts';
import type { PixelSource } from '../core/image/pixels.ts';
import { type AnyHeader, firstEdge, fitInside, uprightPixels } from '../core/image/working-size.ts';
import { type Drawable, drawUpright } from './canvas.ts';

/**
 * The pixels of what the browser has decoded: at the sizes at which Node decodes it, so that both see nearly the same, and because
 * drawing, reading back and looking at fewer pixels is cheaper.
 *
 * @param header  size as drawn, before it is turned
 * @param picture must not be closed before the inspection ends
 */
export function drawnSource(picture: Drawable, header: AnyHeader): Pick<PixelSource, 'coarse' | 'finer'> {
  const { orientation } = header;
  const sizeAt = (edge: number) => {
    const target = fitInside(header, edge);
    return { target, pixels: uprightPixels(header, target) };
  };
  const finer = new FinerDecoding(header, async (edge, band) => {
    const { target, pixels } = sizeAt(edge);
    const rows = rowsOf(band, pixels.height);
    return { data: drawUpright(picture, target, orientation, rows), ...pixels, firstRow: rows.firstRow };
  });
  const { target, pixels } = sizeAt(firstEdge(header));
  return {
    coarse: { data: drawUpright(picture, target, orientation), ...pixels },
    finer: (scale, band) => finer.get(scale, band),
  };
}
