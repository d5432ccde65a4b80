import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

const REPOSITORY = 'https://github.com/Rudrabha/Wav2Lip/blob/5c90fa9';

/** Wav2Lip, which paints the mouth into the picture. */
export const wav2lip: Preset = {
  name: 'wav2lip',
  title: 'Wav2Lip',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    minFacePixels: {
      value: 48,
      url: `${REPOSITORY}/inference.py`,
      says: 'The face is scaled to 96 x 96. We: half of that, an enlargement of two.',
    },
  },
  enforce: {
    count: {
      url: `${REPOSITORY}/face_detection/detection/sfd/bbox.py`,
      says: 'It takes the first face of its detector, by score.',
    },
  },
  crop: null,
  unjudged: [
    'In large pictures our own detector sees no face as small as 48 pixels.',
    'Results are often better at 720p than at 1080p (README).',
  ],
};
