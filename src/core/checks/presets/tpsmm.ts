import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

const REPOSITORY = 'https://github.com/yoyo-nb/Thin-Plate-Spline-Motion-Model/blob/c616878';

/** The Thin-Plate-Spline Motion Model, which squeezes the whole picture to 256 x 256. */
export const tpsmm: Preset = {
  name: 'tpsmm',
  title: 'Thin-Plate-Spline Motion Model',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    maxShape: {
      value: 1.01,
      url: `${REPOSITORY}/demo.py`,
      says: 'The picture is squeezed to 256 x 256. We: a square with a hundredth allowed for rounding.',
    },
  },
  enforce: {
    count: {
      url: `${REPOSITORY}/demo.py`,
      says: 'It moves the whole picture and looks for no face.',
    },
  },
  crop: null,
  unjudged: ['It wants a tight crop like those that it was trained on (issue 4), without a number.'],
};
