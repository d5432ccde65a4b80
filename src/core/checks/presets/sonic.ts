import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

const REPOSITORY = 'https://github.com/jixiaozhong/Sonic/blob/51a74ae';

/** Sonic. */
export const sonic: Preset = {
  name: 'sonic',
  title: 'Sonic',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    minFacePixels: {
      value: 128,
      url: `${REPOSITORY}/src/dataset/test_preprocess.py`,
      says: 'Its crop is two faces wide with a short edge of 512: a face of 256 pixels. We: half of that, an enlargement of two.',
    },
  },
  enforce: {
    count: {
      url: `${REPOSITORY}/src/dataset/face_align/align.py`,
      says: 'It means the largest face, but never updates its maximum: of three or more it may take a smaller one.',
    },
  },
  crop: {
    of: 'box',
    scale: 2.0,
    up: 0,
    size: 512,
    url: `${REPOSITORY}/src/dataset/test_preprocess.py`,
    says: 'The face with half of its size on every side, cut to a square; short edge 512.',
  },
  unjudged: ['Animals do badly (a user in issue 66), though statues and drawn people are among its samples.'],
};
