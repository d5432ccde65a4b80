import { SEEN } from '../../core/checks/rules/hips.ts';
import { REFUSALS } from '../refusals.ts';
import { faceCorners, type RegionShape, regionCorners } from '../regions.ts';
import type { ServedModel } from '../served-model.ts';
import { LARGE_PICTURES, OF_ONE_PERSON } from './shared.ts';

/** As in the vendor's sample: face [302,286,610,593], region [71,9,840,778]. */
const REGION: RegionShape = { scale: 2.4968, up: 0.06 };

/** EMO: one person from the front, a head (1:1) or half a body (3:4). */
export const emoDetect: ServedModel = {
  name: 'emo-detect-v1',
  path: 'face-detect',
  image: LARGE_PICTURES,
  // Half a body has hips.
  policy: (ratio) => ({ for: 'emo', ...(ratio === '3:4' && { minHips: SEEN }) }),
  ratios: ['1:1', '3:4'],
  rateShare: 1,
  passed: { check_pass: true },
  tells: ({ subject: { box }, image }, ratio) => ({
    face_bbox: faceCorners(box, image),
    ext_bbox: regionCorners(box, image, ratio, REGION),
  }),
  failed: (refusal) => ({ check_pass: false, ...refusal }),
  refusals: {
    ...OF_ONE_PERSON,
    'body.cut_off': REFUSALS.fullBody,
    'face.profile': REFUSALS.facePoseOfEmo,
    'face.turned': REFUSALS.facePoseOfEmo,
    'face.tilted': REFUSALS.facePoseOfEmo,
    'face.leaning': REFUSALS.facePoseOfEmo,
  },
};
