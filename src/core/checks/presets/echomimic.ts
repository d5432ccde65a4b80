import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

const REPOSITORY = 'https://github.com/antgroup/echomimic/blob/a53e970';

/** EchoMimic, the first version. */
export const echomimic: Preset = {
  name: 'echomimic',
  title: 'EchoMimic',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    minFacePixels: {
      value: 128,
      url: `${REPOSITORY}/infer_audio2vid.py`,
      says: 'Its crop is two faces wide at 512 x 512: a face of 256 pixels. We: half of that, an enlargement of two.',
    },
  },
  enforce: {},
  crop: {
    of: 'box',
    scale: 2.0,
    up: 0,
    size: 512,
    url: `${REPOSITORY}/infer_audio2vid.py`,
    says: 'The face with half of its size on every side, cut to a square, at 512 x 512.',
  },
  unjudged: ['It needs a crop to the head (an author in issue 81), which fix makes; whole bodies do badly.'],
};
