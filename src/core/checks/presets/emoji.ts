import { DETECTOR_FLOOR, type Preset } from '../preset.ts';

/** DashScope's emoji-v1, by its detector's page. */
export const emoji: Preset = {
  name: 'emoji',
  title: 'Emoji on DashScope (emoji-v1)',
  limits: {
    minFaceWidth: DETECTOR_FLOOR,
    minShortEdge: {
      value: 400,
      url: 'https://help.aliyun.com/zh/model-studio/emoji-detect-api',
      says: 'Both edges have 400 to 7000 pixels.',
    },
    maxHandShare: {
      value: 0.1,
      url: 'https://help.aliyun.com/zh/model-studio/emoji-detect-api',
      says: 'A hand near the face is enough to be refused, without a number. We: of 245 labelled usable portraits 3 have more, of 23 with a hand that does no harm 5.',
    },
  },
  enforce: {
    brightness: {
      url: 'https://help.aliyun.com/zh/model-studio/error-code',
      says: 'A picture that is too dark is refused (InvalidFile.Value), without a number. We: our own limit of a dark face.',
    },
    count: {
      url: 'https://help.aliyun.com/zh/model-studio/emoji-detect-api',
      says: 'There is one person only.',
    },
    roll: {
      url: 'https://help.aliyun.com/zh/model-studio/emoji-detect-api',
      says: 'The head is upright; one that leans much is refused, without a number. We: our own limit of a leaning head.',
    },
    mouth: {
      url: 'https://help.aliyun.com/zh/model-studio/emoji-detect-api',
      says: 'The expression is natural; an exaggerated one is refused, without a number. We: a mouth open as wide as in 1 of 100 portraits.',
    },
  },
  crop: null,
  unjudged: [
    'A hand near the face is refused there; here, one that covers or touches it, and of the latter not all.',
    'It takes edges of up to 7000 pixels; a picture of more than 4096 is refused here.',
    'Its end was announced for 2026-10-10 (notice 118434).',
  ],
};
