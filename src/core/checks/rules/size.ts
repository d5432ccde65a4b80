import type { Rule } from '../rule.ts';

/** The face has enough pixels for LivePortrait to work on. */
export const size = {
  id: 'size',
  reason: 'face.small',
  limit: 'minFaceWidth',
  bounds: {
    default: 56,
    // In a picture of 1280 pixels the detector sees no smaller faces than 60; in smaller pictures it does.
    min: 32,
    max: 1280,
    unit: 'px',
    meaning: "Width of the face at LivePortrait's working size, its long edge being at most 1280.",
    source:
      'LivePortrait works on a crop of 2.3 faces at 256 pixels, so on faces of 111; smaller ones than half of that are enlarged more than twofold.',
  },
  good: 'atLeast',
  value: ({ subject }) => subject?.workingWidth ?? null,
  /** The face's width in pixels of the picture itself: so large it becomes when the picture is cropped to it. */
  told: ({ subject }) => subject?.box.width ?? 0,
} as const satisfies Rule;
