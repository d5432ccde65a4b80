import { CONTRACT_LIMITS } from '../../core/image/limits.ts';
import type { ServedModel } from '../served-model.ts';
import { NO_FACE, sameForAll } from './shared.ts';

/** LivePortrait: a verdict and one sentence, by the service's own limits. */
export const liveportraitDetect: ServedModel = {
  name: 'liveportrait-detect',
  path: 'face-detect',
  image: CONTRACT_LIMITS,
  policy: () => ({}),
  ratios: [],
  rateShare: 1,
  passed: { pass: true, message: '' },
  failed: ({ message }) => ({ pass: false, message }),
  refusals: sameForAll(NO_FACE),
};
