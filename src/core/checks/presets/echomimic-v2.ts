import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

const REPOSITORY = 'https://github.com/antgroup/echomimic_v2/blob/a312dec';

/** EchoMimic v2, which moves half bodies and hands. */
export const echomimicV2: Preset = {
  name: 'echomimic-v2',
  title: 'EchoMimic v2',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    maxShape: {
      value: 1.01,
      url: `${REPOSITORY}/infer.py`,
      says: 'The picture is squeezed to 768 x 768. We: a square with a hundredth allowed for rounding.',
    },
  },
  enforce: {
    count: {
      url: `${REPOSITORY}/demo.ipynb`,
      says: 'It takes the first person of its pose detector, by score.',
    },
  },
  crop: null,
  unjudged: [
    'It wants half a body with both hands in view (README, issues 35 and 90): minHips of 0.3 asks for the hips, and hands are not looked for.',
    'The pose must be like that of the video that moves it (issues 35 and 36).',
  ],
};
