import type { Rule } from '../rule.ts';

/** The file has all of its bytes. */
export const whole = {
  id: 'whole',
  reason: 'image.repaired',
  limit: 'maxMissingBytes',
  bounds: {
    default: 0,
    min: 0,
    max: 2,
    unit: 'bytes',
    meaning: "Bytes missing at the file's end, where none of its pixels are.",
    source: "Two bytes mark a JPEG's end (ITU-T T.81, B.1.1.3); browsers do without, some programs do not.",
  },
  good: 'atMost',
  advisory: true,
  value: ({ image }) => image.missingBytes,
} as const satisfies Rule;
