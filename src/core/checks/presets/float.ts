import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

const REPOSITORY = 'https://github.com/deepbrainai-research/float/blob/97cfdd5';

/** FLOAT. */
export const float: Preset = {
  name: 'float',
  title: 'FLOAT',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    minFaceHeight: {
      value: 160,
      url: `${REPOSITORY}/generate.py`,
      says: "Its crop is 1.6 times the face's longer edge at 512: 320 pixels. We: half of that, an enlargement of two.",
    },
  },
  enforce: {
    count: {
      url: `${REPOSITORY}/generate.py`,
      says: 'It takes the first face of its detector, by score.',
    },
  },
  crop: {
    of: 'box',
    scale: 1.6,
    up: 0,
    size: 512,
    url: `${REPOSITORY}/generate.py`,
    says: "A square of 1.6 times the face's longer edge, at 512.",
  },
  unjudged: ['It was trained on frontal heads (README), without a number: the default limits hold.'],
};
