import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

/** DashScope's wan2.2-s2v, by its detector's page. */
export const s2v: Preset = {
  name: 's2v',
  title: 'Wan2.2-S2V on DashScope (wan2.2-s2v)',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    minShortEdge: {
      value: 400,
      url: 'https://www.alibabacloud.com/help/en/model-studio/wan-s2v-detect-api',
      says: 'Both edges have 400 to 7000 pixels.',
    },
    minFaceShare: {
      value: 0,
      url: 'https://www.alibabacloud.com/help/en/model-studio/wan-s2v-detect-api',
      says: 'A person with the whole face is wanted; nothing is said of how much of the picture it fills.',
    },
  },
  enforce: {
    brightness: {
      url: 'https://help.aliyun.com/zh/model-studio/error-code',
      says: 'A picture that is too dark is refused (InvalidFile.Value), without a number. We: our own limit of a dark face.',
    },
    count: {
      url: 'https://www.alibabacloud.com/help/en/model-studio/wan-s2v-detect-api',
      says: 'There is one person only.',
    },
  },
  crop: null,
  unjudged: ['It takes edges of up to 7000 pixels; a picture of more than 4096 is refused here.'],
};
