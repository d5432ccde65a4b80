import { faceCorners, type RegionShape, regionCorners } from '../regions.ts';
import type { ServedModel } from '../served-model.ts';
import { LARGE_PICTURES, OF_ONE_PERSON } from './shared.ts';

/** As in the vendor's sample: face [212,194,460,441], region [63,30,609,575]. */
const REGION: RegionShape = { scale: 2.2, up: 0.0275 };

/** Emoji: one person from the front, upright, uncovered, with a natural expression. Its answer has no flag. */
export const emojiDetect: ServedModel = {
  name: 'emoji-detect-v1',
  path: 'face-detect',
  image: LARGE_PICTURES,
  policy: () => ({ for: 'emoji' }),
  ratios: ['1:1'],
  // 1 a second, where the others have 5.
  rateShare: 0.2,
  passed: {},
  tells: ({ subject: { box }, image }, ratio) => ({
    bbox_face: faceCorners(box, image),
    ext_bbox_face: regionCorners(box, image, ratio, REGION),
  }),
  failed: (refusal) => ({ ...refusal }),
  refusals: OF_ONE_PERSON,
};
