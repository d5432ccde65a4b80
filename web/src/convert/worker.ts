/** Makes a JPEG that the contract takes out of what the browser can open, away from the page's thread. */
import { isBlank } from '../../../src/browser/blank.ts';
import { mayBeTransparent } from '../../../src/browser/transparency.ts';
import { readHeader, sniffFormat } from '../../../src/core/image/header.ts';
import { MAX_BYTES, MAX_EDGE } from '../../../src/core/image/limits.ts';
import type { ImageFormat } from '../../../src/core/inspection.ts';
import { MAX_REPAIR_PIXELS } from '../../../src/repair/limits.ts';
import type { ConvertAnswer, Converted } from './protocol.ts';

/** Tried one after another until the file is small enough; the last one at half the size. */
const QUALITIES = [95, 90, 80] as const;
const LAST_RESORT = 0.5;

addEventListener('message', async ({ data }: MessageEvent<Blob>) => {
  const answer: ConvertAnswer = await convert(data).catch(() => null);
  postMessage(answer);
});

async function convert(file: Blob): Promise<ConvertAnswer> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const format = formatOf(bytes);
  if (format !== null && hasTooManyPixels(bytes)) return null;
  // The browser turns it upright, as its metadata says, and its colours become sRGB's.
  const bitmap = await createImageBitmap(file);
  try {
    if (format !== null && !mayBeTransparent(bytes, format) && isBlank(bitmap)) return null;
    const scale = Math.min(1, MAX_EDGE / Math.max(bitmap.width, bitmap.height));
    for (const quality of QUALITIES) {
      const made = await encode(bitmap, scale, quality);
      if (made.file.size < MAX_BYTES) return made;
    }
    const last = await encode(bitmap, scale * LAST_RESORT, QUALITIES[2]);
    return last.file.size < MAX_BYTES ? last : null;
  } finally {
    bitmap.close();
  }
}

async function encode(bitmap: ImageBitmap, scale: number, quality: number): Promise<Converted> {
  // Rounded up, so that the shape does not become longer than is allowed.
  const width = Math.max(1, Math.ceil(bitmap.width * scale - 1e-9));
  const height = Math.max(1, Math.ceil(bitmap.height * scale - 1e-9));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false })!;
  // What is transparent becomes white, as everywhere.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  const file = await canvas.convertToBlob({ type: 'image/jpeg', quality: quality / 100 });
  return { file, width, height, isScaled: scale < 1, quality };
}

/** What LivePortrait takes; null for other formats, of which the browser knows what it can do. */
function formatOf(bytes: Uint8Array): ImageFormat | null {
  try {
    return sniffFormat(bytes);
  } catch {
    return null;
  }
}

/** Whether its header says that it has more pixels than are opened anywhere. */
function hasTooManyPixels(bytes: Uint8Array): boolean {
  const { width, height } = readHeader(bytes, true);
  return width * height > MAX_REPAIR_PIXELS;
}
