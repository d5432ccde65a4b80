import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

const REPOSITORY = 'https://github.com/OpenTalker/SadTalker/blob/cd4c046';

/** SadTalker at its default size of 256, with the preprocessing crop or full. */
export const sadtalker: Preset = {
  name: 'sadtalker',
  title: 'SadTalker',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    minEyeDistance: {
      value: 32,
      url: `${REPOSITORY}/src/utils/croper.py`,
      says: "The crop's edge is four times the distance of the eyes, squeezed to 256: 64 pixels between the eyes. We: half of that, an enlargement of two.",
    },
  },
  enforce: {
    count: {
      url: `${REPOSITORY}/src/utils/croper.py`,
      says: 'It takes the first face that its detector gives, which is the one with the best score and not the largest.',
    },
  },
  crop: null,
  unjudged: [
    'With --size 512 the eyes need 64 pixels between them: set minEyeDistance to 64.',
    'Only people who are real, or look so, are said to work (docs/best_practice.md); drawn faces pass here.',
    'A file must end in .jpg, .png or .jpeg in small letters: any other ending is opened as a video.',
  ],
};
