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
    `The file's last bytes are missing, ${value} of them (${limit} is good), though none of its pixels: save the picture again, since some programs refuse it.`,
};
