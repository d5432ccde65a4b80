import { checkDimensions } from '../core/image/limits.ts';
import type { Picture } from '../core/image/picture.ts';
import { fitInside, uprightPixels, WORKING_EDGE } from '../core/image/working-size.ts';
import type { FrameFormat } from '../core/inspection.ts';
import { type Drawable, drawUpright } from './canvas.ts';

const UPRIGHT = 1;

/**
 * A picture that is in memory already, which was never a file: it has no bytes.
 *
 * @throws DetectError `image.edge`, `image.aspect`
 */
export function openFrame(frame: Drawable): Picture<FrameFormat> {
  const { width, height } = sizeOf(frame);
  checkDimensions({ width, height });
  const size = { width, height, orientation: UPRIGHT } as const;
  return {
    info: { format: 'frame', ...size, animated: false, bytes: 0, uprightWidth: width, uprightHeight: height },
    async decode() {
      const target = fitInside(size, WORKING_EDGE);
      const coarse = { data: drawUpright(frame, target, UPRIGHT), ...uprightPixels(size, target) };
      return { coarse, missingBytes: 0, width, height, finer: async () => null };
    },
  };
}

/** Size as it is drawn. */
function sizeOf(frame: Drawable) {
  return 'displayWidth' in frame ? { width: frame.displayWidth, height: frame.displayHeight } : frame;
}
