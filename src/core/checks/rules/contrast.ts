import type { Rule } from '../rule.ts';

/** The face has light and shade, and is not flat as in fog. */
export const contrast: Rule = {
  id: 'contrast',
  reason: 'face.flat',
  limit: 'minContrast',
  good: 'atLeast',
  advisory: true,
  value: ({ subject }) => subject?.contrast ?? null,
  advice: (words, value, limit) => words.contrast(value, limit),
};
