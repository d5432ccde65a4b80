import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

const REPOSITORY = 'https://github.com/jdh-algo/JoyVASA/blob/74290f6';

/** JoyVASA with human faces, by its own default without LivePortrait's crop. */
export const joyvasa: Preset = {
  name: 'joyvasa',
  title: 'JoyVASA',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    maxShape: {
      value: 1.01,
      url: `${REPOSITORY}/src/config/argument_config.py`,
      says: 'flag_do_crop is off by default: the whole picture is squeezed to 256 x 256. We: a square with a hundredth allowed for rounding.',
    },
  },
  enforce: {},
  crop: {
    of: 'points',
    scale: 3.0,
    up: 0.125,
    size: 512,
    url: `${REPOSITORY}/src/config/argument_config.py`,
    says: 'Its own crop, where it is on, has a scale of 3.0, moved up by an eighth, 512 pixels.',
  },
  unjudged: ['Its default mode is for animals; people need animation_mode human.'],
};
