import type { Inspection } from '../core/inspection.ts';
import { decodeImage } from '../node/decode/decode.ts';
import { loadSharp } from '../node/decode/sharp.ts';
import type { EngineName } from '../node/engine.ts';
import { paint } from './paint.ts';
import { shapesOf } from './shapes.ts';
import { toSvg } from './svg.ts';

/** How the picture with everything drawn in is wanted: as a document with shapes, or as pixels. */
export type AnnotationFormat = 'svg' | 'png';

/** Quality of the picture inside an SVG. */
const JPEG_QUALITY = 85;

/**
 * The picture, upright and at most 1280 pixels long, with what the inspection found drawn in.
 *
 * @param bytes      the file that was inspected
 * @param inspection what came of it
 * @param engine     what decodes and encodes; see {@link loadSharp}
 * @returns an SVG document as UTF-8, in coordinates of the upright picture, or a PNG
 * @throws DetectError `image.corrupt` when the pixels cannot be decoded; `inspector.unavailable`
 */
export async function annotate(
  bytes: Uint8Array,
  inspection: Inspection,
  format: AnnotationFormat,
  engine?: EngineName,
): Promise<Uint8Array> {
  const { part: sharp } = await loadSharp(engine);
  const pixels = await decodeImage(bytes, inspection.image, { engine });
  const shapes = shapesOf(inspection);
  const raw = { width: pixels.width, height: pixels.height, channels: 3 } as const;
  if (format === 'png') {
    paint(pixels, shapes);
    return sharp(pixels.data, { raw }).png().toBuffer();
  }
  const jpeg = await sharp(pixels.data, { raw }).jpeg({ quality: JPEG_QUALITY }).toBuffer();
  const href = `data:image/jpeg;base64,${jpeg.toString('base64')}`;
  const { uprightWidth: width, uprightHeight: height } = inspection.image;
  return Buffer.from(toSvg({ width, height, href }, shapes));
}
