import { OFF, type Rule } from '../rule.ts';

/** The picture is large enough, whatever is in it. */
export const edge = {
  id: 'edge',
  reason: 'image.small',
  limit: 'minShortEdge',
  bounds: {
    default: 0,
    min: 0,
    max: 4096,
    unit: 'px',
    meaning: "The picture's short edge.",
    source: OFF,
  },
  good: 'atLeast',
  optional: true,
  value: ({ image }) => Math.min(image.width, image.height),
} as const satisfies Rule;
