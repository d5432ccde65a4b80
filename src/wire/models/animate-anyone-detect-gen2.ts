import { SEEN } from '../../core/checks/rules/hips.ts';
import type { ImageLimits } from '../../core/image/limits.ts';
import { REFUSALS } from '../refusals.ts';
import type { ServedModel } from '../served-model.ts';
import { OF_ONE_PERSON } from './shared.ts';

/** JPEG, PNG and BMP under 5 MB, 224 to 4096 pixels, at most 2 to 1. */
const IMAGE: ImageLimits = {
  minEdge: 224,
  maxEdge: 4096,
  maxAspect: 2,
  maxBytes: 5 * 1024 * 1024,
  formats: ['jpeg', 'png', 'bmp'],
  codes: { edge: 'file.edges', aspect: 'file.aspect', bytes: 'file.size' },
};

/** AnimateAnyone: one person from the front, the whole of it or the half above the hips. */
export const animateAnyoneDetect: ServedModel = {
  name: 'animate-anyone-detect-gen2',
  path: 'aa-detect',
  image: IMAGE,
  // Of a whole body, the face is a small part.
  policy: () => ({ minFaceWidth: 32, minFaceShare: 0, minHips: SEEN, enforce: ['count', 'brightness'] }),
  ratios: [],
  rateShare: 1,
  passed: { check_pass: true },
  tells: ({ body }) => ({
    bodystyle: body && Math.min(body.leftAnkle.score, body.rightAnkle.score) >= SEEN ? 'full' : 'half',
  }),
  failed: ({ message }) => ({ check_pass: false, reason: message }),
  refusals: {
    ...OF_ONE_PERSON,
    'face.profile': REFUSALS.frontBody,
    'face.tilted': REFUSALS.frontBody,
    'body.cut_off': REFUSALS.bodyPose,
  },
};
