import sharp from 'sharp';
import type { Canvas } from './render.ts';

const JPEG_QUALITY = 90;

/** A drawn picture as the bytes of a file: PNG keeps every pixel, JPEG is what `examples/` are. */
export function encode({ data, width, height }: Canvas, format: 'png' | 'jpeg'): Promise<Buffer> {
  const image = sharp(data, { raw: { width, height, channels: 3 } });
  // Colours at full resolution: thin lines of a drawing suffer from less.
  const encoded =
    format === 'png' ? image.png() : image.jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4' });
  return encoded.toBuffer();
}
