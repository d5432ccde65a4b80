import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

/** HeyGen, photo avatars. */
export const heygen: Preset = {
  name: 'heygen',
  title: 'HeyGen photo avatars',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    minFacePixels: {
      value: 200,
      url: 'https://docs.heygen.com/docs/create-personalized-avatars-with-photos',
      says: 'The face is larger than 200 x 200 pixels.',
    },
    minFaceHeight: {
      value: 200,
      url: 'https://docs.heygen.com/docs/create-personalized-avatars-with-photos',
      says: 'The face is larger than 200 x 200 pixels.',
    },
  },
  enforce: {
    count: {
      url: 'https://docs.heygen.com/docs/create-personalized-avatars-with-photos',
      says: 'There is one face only.',
    },
  },
  crop: null,
  unjudged: [
    'It takes JPEG and PNG.',
    'Real faces are recommended; rendered ones were refused (a user in its discussions).',
  ],
};
