import type { Rule } from '../rule.ts';

/** The file has all of its bytes. */
export const whole: Rule = {
  id: 'whole',
  reason: 'image.repaired',
  limit: 'maxMissingBytes',
  good: 'atMost',
  advisory: true,
  value: ({ image }) => image.missingBytes,
  advice: (value, limit) =>
    `The file lacks bytes at its end, ${value} of them (limit ${limit}), though none of its pixels. Save the picture again, since some programs refuse it.`,
};
