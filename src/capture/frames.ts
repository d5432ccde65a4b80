/** The frames of a film that plays, each when it is wanted. */
import { isBlank } from '../browser/blank.ts';

/**
 * The newest frame, again and again: a frame that comes while the one before is in use is left out. The caller closes
 * the bitmaps.
 *
 * @param shape the most that the long edge may be of the short one; of longer frames the middle is given
 */
export async function* newestFrames(
  video: HTMLVideoElement,
  shape: () => number,
  signal: AbortSignal,
): AsyncGenerator<{ readonly bitmap: ImageBitmap; readonly at: number }> {
  let fresh = false;
  let wake = () => {};
  let request = 0;
  const onFrame = () => {
    fresh = true;
    wake();
    request = video.requestVideoFrameCallback(onFrame);
  };
  const onAbort = () => wake();
  signal.addEventListener('abort', onAbort);
  request = video.requestVideoFrameCallback(onFrame);
  try {
    while (!signal.aborted) {
      if (!fresh) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      fresh = false;
      if (signal.aborted) return;
      const at = performance.now();
      const bitmap = await cutMiddle(video, shape());
      if (isBlank(bitmap)) bitmap.close();
      else yield { bitmap, at };
    }
  } finally {
    video.cancelVideoFrameCallback(request);
    signal.removeEventListener('abort', onAbort);
  }
}

function cutMiddle(video: HTMLVideoElement, shape: number): Promise<ImageBitmap> {
  const { videoWidth, videoHeight } = video;
  const longest = Math.floor(Math.min(videoWidth, videoHeight) * shape);
  const width = Math.min(videoWidth, longest);
  const height = Math.min(videoHeight, longest);
  return createImageBitmap(video, (videoWidth - width) >> 1, (videoHeight - height) >> 1, width, height);
}
