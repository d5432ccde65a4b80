import type { Inspection } from '../core/inspection.ts';
import { decodeImage } from '../node/decode/decode.ts';
import { loadSharp } from '../node/decode/sharp.ts';
import type { EngineName } from '../node/engine.ts';
import { captionOf, labelsOf } from './caption.ts';
import { paint } from './paint.ts';
import { shapesOf } from './shapes.ts';
import { toSvg } from './svg.ts';

/** How the picture with everything drawn in is wanted: as a document with shapes, or as pixels. */
export type AnnotationFormat = 'svg' | 'png';

/** Quality of the picture inside an SVG. */
const JPEG_QUALITY = 85;

/**
 * The picture, upright and at most 1280 pixels long, with what the inspection found drawn in, and the verdict below.
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
  const caption = captionOf(inspection);
  const shapes = [...shapesOf(inspection), ...labelsOf(inspection), ...caption.shapes];
  if (format === 'png') {
    const height = pixels.height + Math.round(caption.height / pixels.scaleY);
    const data = new Uint8Array(pixels.width * height * 3);
    data.set(pixels.data);
    paint({ ...pixels, data, height }, shapes);
    return sharp(data, { raw: { width: pixels.width, height, channels: 3 } })
      .png()
      .toBuffer();
  }
  const raw = { width: pixels.width, height: pixels.height, channels: 3 } as const;
  const jpeg = await sharp(pixels.data, { raw }).jpeg({ quality: JPEG_QUALITY }).toBuffer();
  const href = `data:image/jpeg;base64,${jpeg.toString('base64')}`;
  const { uprightWidth: width, uprightHeight: height } = inspection.image;
  return Buffer.from(toSvg({ width, height, below: caption.height, href }, shapes));
}
