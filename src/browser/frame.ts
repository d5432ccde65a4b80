import { checkDimensions } from '../core/image/limits.ts';
import type { Picture } from '../core/image/picture.ts';
import type { FrameFormat } from '../core/inspection.ts';
import type { Drawable } from './canvas.ts';
import { drawnSource } from './drawn.ts';

const UPRIGHT = 1;

/**
 * A picture that is in memory already, which was never a file: it has no bytes.
 *
 * @throws DetectError `image.edge`, `image.aspect`
 */
export function openFrame(frame: Drawable): Picture<FrameFormat> {
  const { width, height } = sizeOf(frame);
  checkDimensions({ width, height });
  const header = { format: 'frame', width, height, orientation: UPRIGHT, animated: false } as const;
  return {
    info: { ...header, bytes: 0, uprightWidth: width, uprightHeight: height },
    async decode() {
      return { ...drawnSource(frame, header), missingBytes: 0, width, height };
    },
  };
}

/** Size as it is drawn. */
function sizeOf(frame: Drawable) {
  return 'displayWidth' in frame ? { width: frame.displayWidth, height: frame.displayHeight } : frame;
}
