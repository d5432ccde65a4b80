import type { Rule } from '../rule.ts';

/** The file has all of its bytes. */
export const whole: Rule = {
  id: 'whole',
  reason: 'image.repaired',
  limit: 'maxMissingBytes',
  good: 'atMost',
  advisory: true,
  value: ({ image }) => image.missingBytes,
  advice: (words, value, limit) => words.whole(value, limit),
};
