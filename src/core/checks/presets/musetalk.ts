import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

const REPOSITORY = 'https://github.com/TMElyralab/MuseTalk/blob/0a89dec';

/** MuseTalk, which paints the mouth into the picture. */
export const musetalk: Preset = {
  name: 'musetalk',
  title: 'MuseTalk',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    minFacePixels: {
      value: 128,
      url: `${REPOSITORY}/README.md`,
      says: 'It works on a face region of 256 x 256. We: half of that, an enlargement of two.',
    },
  },
  enforce: {
    count: {
      url: `${REPOSITORY}/musetalk/utils/preprocessing.py`,
      says: 'One detector says whether there is a face, another finds its points in the whole picture: they need not mean the same one.',
    },
  },
  crop: null,
  unjudged: [
    'Side faces were not in its training (an author in issue 66), and a head that leans much should be turned first (issue 45), without numbers: the default limits hold.',
  ],
};
