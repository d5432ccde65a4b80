import type { Rule } from '../rule.ts';

/** The picture is large enough, whatever is in it. */
export const edge: Rule = {
  id: 'edge',
  reason: 'image.small',
  limit: 'minShortEdge',
  good: 'atLeast',
  optional: true,
  value: ({ image }) => Math.min(image.width, image.height),
  advice: (words, value, limit) => words.edge(value, limit),
};
