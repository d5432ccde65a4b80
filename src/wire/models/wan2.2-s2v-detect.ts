import type { ServedModel } from '../served-model.ts';
import { LARGE_PICTURES, OF_ONE_PERSON } from './shared.ts';

/** Wan2.2-S2V: one person with a whole face. */
export const wanS2vDetect: ServedModel = {
  name: 'wan2.2-s2v-detect',
  path: 'face-detect',
  image: LARGE_PICTURES,
  policy: () => ({ for: 's2v' }),
  ratios: [],
  rateShare: 1,
  passed: { check_pass: true, humanoid: true },
  failed: (refusal) => ({ check_pass: false, ...refusal }),
  refusals: OF_ONE_PERSON,
};
