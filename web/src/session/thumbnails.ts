/** Small copies for the table, made a few at a time; the pictures themselves are never kept decoded. */
import type { Picture } from './picture.ts';

/** Edge in pixels: twice what it takes in the table, for screens that have them. */
const EDGE = 96;
const PLACES = 2;
const QUALITY = 0.8;

/** Makes thumbnails in the order in which they were asked for. */
export function createThumbnailer(): (picture: Picture) => void {
  const waiting: Picture[] = [];
  let busy = 0;
  const next = () => {
    while (busy < PLACES && waiting.length > 0) {
      busy++;
      void make(waiting.shift()!).finally(() => {
        busy--;
        next();
      });
    }
  };
  return (picture) => {
    waiting.push(picture);
    next();
  };
}

async function make(picture: Picture): Promise<void> {
  const blob = picture.shown.value;
  if (blob === null || picture.gone.value || picture.thumbnail.value !== null) return;
  try {
    const small = await shrink(blob);
    if (!picture.gone.value) picture.thumbnail.value = URL.createObjectURL(small);
  } catch {
    // Not a picture to this browser; the table shows a blank in its place, and the service says what it is.
  }
}

async function shrink(blob: Blob): Promise<Blob> {
  // One edge given: the other keeps the aspect. Wide pictures come out lower than needed, which object-fit hides.
  const bitmap = await createImageBitmap(blob, { resizeWidth: EDGE, resizeQuality: 'medium' });
  try {
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
    return await canvas.convertToBlob({ type: 'image/webp', quality: QUALITY });
  } finally {
    bitmap.close();
  }
}
