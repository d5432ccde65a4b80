import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

const REPOSITORY = 'https://github.com/Zejun-Yang/AniPortrait/blob/7f6593f';

/** AniPortrait, which squeezes the whole picture to 512 x 512. */
export const aniportrait: Preset = {
  name: 'aniportrait',
  title: 'AniPortrait',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    maxShape: {
      value: 1.01,
      url: `${REPOSITORY}/scripts/audio2vid.py`,
      says: 'The picture is squeezed to 512 x 512. We: a square with a hundredth allowed for rounding.',
    },
  },
  enforce: {},
  crop: {
    of: 'points',
    scale: 1.5,
    up: 0,
    size: 512,
    url: `${REPOSITORY}/src/utils/util.py`,
    says: "The web application cuts a square of 1.5 times the longer edge of the face's mesh, at 512.",
  },
  unjudged: ['The face must be large (an author in issues 34 and 59), without a number.'],
};
