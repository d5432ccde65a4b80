import type { Rule } from '../rule.ts';

/** The picture is large enough, whatever is in it. */
export const edge: Rule = {
  id: 'edge',
  reason: 'image.small',
  limit: 'minShortEdge',
  good: 'atLeast',
  optional: true,
  value: ({ image }) => Math.min(image.width, image.height),
  advice: (value, limit) =>
    `The picture's short edge has ${value} px (limit ${limit} px). Use a larger picture.`,
};
