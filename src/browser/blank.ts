/**
 * Whether a browser has drawn nothing of a picture that is nowhere transparent. WebKit hands over such a bitmap in place of an error:
 * of a file that is damaged or cut off, and now and then of a film. One pixel tells.
 */
export function isBlank(opaque: ImageBitmap): boolean {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (context === null) return false;
  context.drawImage(opaque, 0, 0);
  return context.getImageData(0, 0, 1, 1).data[3] === 0;
}
