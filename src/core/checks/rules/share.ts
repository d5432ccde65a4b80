import { type Rule, spanOf } from '../rule.ts';

/** The face is not lost in the frame: such pictures show a scene or a whole body. */
export const share: Rule = {
  id: 'share',
  reason: 'face.small',
  limit: 'minFaceShare',
  good: 'atLeast',
  value: ({ subject, image }) => subject && spanOf(subject, image),
  advice: (words, value, limit) => words.share(value, limit),
};
