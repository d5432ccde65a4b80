/** One picture as a PNG, with what the stage draws over it, and the verdict below. */
import type { Inspection } from '../../../src/core/inspection.ts';
import { drawLayers } from '../stage/draw.ts';
import type { LayerName } from '../stage/layers.tsx';
import { type Canvas2D, type Caption, drawCaption, heightOfCaption } from './caption.ts';

/** Longest edge of the drawn picture, in pixels: enough for a report, and a canvas that every browser makes. */
const LONGEST_EDGE = 2_048;
/** Narrowest drawn picture, in pixels, so that the words below it have room. */
const NARROWEST = 640;

/** What is drawn over the picture. */
export interface Drawn {
  readonly inspection: Inspection;
  readonly layers: readonly LayerName[];
  /** The tags on it. */
  readonly tags: { readonly cover: string; readonly crop: string; readonly face: (index: number) => string };
}

/**
 * Draws a picture with its layers, and its caption below.
 *
 * @param picture the file, as a browser can show it
 * @param drawn   what was found; null where it was not inspected
 * @throws DOMException where this browser cannot show the picture
 */
export async function annotatedPng(picture: Blob, drawn: Drawn | null, caption: Caption): Promise<Blob> {
  const bitmap = await createImageBitmap(picture);
  try {
    const scale = scaleOf(bitmap);
    const width = Math.max(1, Math.round(bitmap.width * scale));
    const height = Math.max(1, Math.round(bitmap.height * scale));
    const canvas = new OffscreenCanvas(1, 1);
    const below = heightOfCaption(contextOf(canvas), width, caption);
    canvas.width = width;
    canvas.height = height + below;
    const context = contextOf(canvas);
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
    if (drawn !== null) {
      context.save();
      context.beginPath();
      context.rect(0, 0, width, height);
      context.clip();
      drawLayers(context, drawn, width / drawn.inspection.image.uprightWidth, { width, height });
      context.restore();
    }
    drawCaption(context, { x: 0, y: height, width, height: below }, caption);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    bitmap.close();
  }
}

function scaleOf({ width, height }: { readonly width: number; readonly height: number }): number {
  const most = LONGEST_EDGE / Math.max(width, height);
  return Math.min(most, Math.max(1, NARROWEST / width));
}

function contextOf(canvas: OffscreenCanvas): Canvas2D {
  const context = canvas.getContext('2d');
  if (context === null) throw new DOMException('There is no canvas.', 'NotSupportedError');
  return context;
}
