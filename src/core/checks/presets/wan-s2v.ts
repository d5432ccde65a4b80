import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

const REPOSITORY = 'https://github.com/Wan-Video/Wan2.2/blob/42bf4cf';

/** Wan2.2-S2V as it is open: it takes any picture, and moves what is in it. */
export const wanS2v: Preset = {
  name: 'wan-s2v',
  title: 'Wan2.2-S2V, the open model',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    minFaceShare: {
      value: 0,
      url: `${REPOSITORY}/README.md`,
      says: 'It moves whole bodies too.',
    },
  },
  enforce: {
    count: {
      url: `${REPOSITORY}/wan/speech2video.py`,
      says: 'It moves the whole picture and looks for no face.',
    },
  },
  crop: null,
  unjudged: [
    'It takes animals (its own sample is a cat); whether one will do cannot be said here, and it is refused.',
  ],
};
