import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

const REPOSITORY = 'https://github.com/tencent-ailab/V-Express/blob/6814f7d';

/** V-Express, which squeezes the whole picture to 512 x 512. */
export const vExpress: Preset = {
  name: 'v-express',
  title: 'V-Express',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    maxShape: {
      value: 1.01,
      url: `${REPOSITORY}/README.md`,
      says: 'The picture should be a square. We: with a hundredth allowed for rounding.',
    },
    minShortEdge: {
      value: 512,
      url: `${REPOSITORY}/README.md`,
      says: 'The picture should have 512 x 512 pixels or more.',
    },
  },
  enforce: {
    count: {
      url: `${REPOSITORY}/inference.py`,
      says: 'It takes the first face of its detector, by score.',
    },
  },
  crop: null,
  unjudged: [
    'The video that drives it should have a similar pose (README).',
    'How large the face should be is said by an example picture only; fix makes no crop for it.',
  ],
};
