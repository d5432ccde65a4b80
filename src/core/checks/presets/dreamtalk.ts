import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

const REPOSITORY = 'https://github.com/ali-vilab/dreamtalk/blob/ba798b0';

/** DreamTalk. */
export const dreamtalk: Preset = {
  name: 'dreamtalk',
  title: 'DreamTalk',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    minFacePixels: {
      value: 71,
      url: `${REPOSITORY}/core/utils.py`,
      says: 'Its crop is 1.8 faces at 256 x 256: a face of 142 pixels. We: half of that, an enlargement of two.',
    },
    minShortEdge: {
      value: 257,
      url: `${REPOSITORY}/README.md`,
      says: 'The picture should be larger than 256 x 256.',
    },
  },
  enforce: {
    count: {
      url: `${REPOSITORY}/core/utils.py`,
      says: 'It takes the first face that dlib gives.',
    },
  },
  crop: null,
  unjudged: [
    'The face should look straight ahead and not be tilted (README), without a number: the default limits hold.',
  ],
};
