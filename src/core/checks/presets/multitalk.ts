import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

const REPOSITORY = 'https://github.com/MeiGen-AI/MultiTalk/blob/c1ad840';

/** MultiTalk and InfiniteTalk with one voice. */
export const multitalk: Preset = {
  name: 'multitalk',
  title: 'MultiTalk, InfiniteTalk',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    minFaceShare: {
      value: 0,
      url: `${REPOSITORY}/README.md`,
      says: 'Whole bodies are among its samples.',
    },
  },
  enforce: {
    count: {
      url: 'https://github.com/MeiGen-AI/MultiTalk/issues/79',
      says: 'With one voice a box has no effect (an author): others in the picture may talk too.',
    },
  },
  crop: null,
  unjudged: [
    'It cuts the middle out of the picture, in the nearest of its own shapes: whether the face is inside is not judged.',
    'With two voices it wants two people: set maxFaces to 2.',
  ],
};
