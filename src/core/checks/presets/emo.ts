import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

/** DashScope's emo-v1, by its detector's page. */
export const emo: Preset = {
  name: 'emo',
  title: 'EMO on DashScope (emo-v1)',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    minShortEdge: {
      value: 400,
      url: 'https://help.aliyun.com/zh/model-studio/emo-detect-api',
      says: 'The short edge has 400 pixels or more, the long one 7000 or fewer.',
    },
  },
  enforce: {
    brightness: {
      url: 'https://help.aliyun.com/zh/model-studio/error-code',
      says: 'A picture that is too dark is refused (InvalidFile.Value), without a number. We: our own limit of a dark face.',
    },
    count: {
      url: 'https://help.aliyun.com/zh/model-studio/emo-detect-api',
      says: 'More than one person is refused (InvalidFile.MultiHuman).',
    },
  },
  crop: null,
  unjudged: [
    'It takes edges of up to 7000 pixels; a picture of more than 4096 is refused here.',
    'A person too large or too small in the picture is refused, without a number; for 3:4 half a body is wanted, which minHips of 0.3 asks for.',
    'Its end was announced for 2026-10-10 (notice 118434).',
  ],
};
