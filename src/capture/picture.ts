/** A frame as a file. */

const TYPE = 'image/jpeg';
/** Fine enough that nothing is judged otherwise in the file than in the frame. */
const QUALITY = 0.95;

/** A frame as a JPEG, the right way round. */
export async function encodePicture(bitmap: ImageBitmap): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d', { alpha: false })?.drawImage(bitmap, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, TYPE, QUALITY));
  // Frees its pixels now and not when the memory is swept.
  canvas.width = 0;
  if (blob === null) throw new Error('the browser makes no JPEG');
  return blob;
}
