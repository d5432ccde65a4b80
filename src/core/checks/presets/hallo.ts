import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

const REPOSITORY = 'https://github.com/fudan-generative-vision/hallo/blob/8fd7c57';

/** Hallo and Hallo 2, which squeeze the whole picture to 512 x 512. */
export const hallo: Preset = {
  name: 'hallo',
  title: 'Hallo, Hallo 2',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    minFaceShare: {
      value: 0.5,
      url: `${REPOSITORY}/README.md`,
      says: 'The face should make up 50 to 70 % of the picture. Whether of its width or its area is not said; here it is its width.',
    },
    maxFaceShare: {
      value: 0.7,
      url: `${REPOSITORY}/README.md`,
      says: 'The face should make up 50 to 70 % of the picture.',
    },
    maxYaw: {
      value: 30,
      url: `${REPOSITORY}/README.md`,
      says: 'The face should be facing forward, with a rotation angle of less than 30° (no side profiles).',
    },
    maxShape: {
      value: 1.01,
      url: `${REPOSITORY}/README.md`,
      says: 'The picture should be cropped into squares. We: with a hundredth allowed for rounding.',
    },
  },
  enforce: {
    count: {
      url: `${REPOSITORY}/hallo/datasets/image_processor.py`,
      says: 'Two detectors look for the face, one for the largest and one for any: they need not mean the same one.',
    },
  },
  crop: {
    of: 'box',
    scale: 1.667,
    up: 0,
    size: 512,
    url: `${REPOSITORY}/README.md`,
    says: 'We: in a square of 1.67 faces the face spans 60 %, the middle of 50 and 70 %; the network works at 512 x 512.',
  },
  unjudged: [],
};
