import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

const REPOSITORY = 'https://github.com/bytedance/LatentSync/blob/a229c39';

/** LatentSync, which paints the mouth into frames of a video. */
export const latentsync: Preset = {
  name: 'latentsync',
  title: 'LatentSync',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    minFacePixels: {
      value: 50,
      url: `${REPOSITORY}/latentsync/utils/face_detector.py`,
      says: 'Faces narrower than 50 pixels are left out.',
    },
    minFaceHeight: {
      value: 80,
      url: `${REPOSITORY}/latentsync/utils/face_detector.py`,
      says: 'Faces lower than 80 pixels are left out.',
    },
  },
  enforce: {},
  crop: null,
  unjudged: [
    'It was trained on faces of 256 pixels and more (preprocess/filter_high_resolution.py).',
    'It takes videos: a picture has to be made one.',
    'In large pictures our own detector sees no face as small as 50 pixels.',
  ],
};
