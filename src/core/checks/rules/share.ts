import { type Rule, spanOf } from '../rule.ts';
import { size } from './size.ts';

/** The face is not lost in the frame: such pictures show a scene or a whole body. */
export const share = {
  id: 'share',
  reason: 'face.small',
  limit: 'minFaceShare',
  bounds: {
    default: 0.1,
    min: 0,
    max: 1,
    unit: 'share',
    meaning: "Width of the face over the picture's long edge.",
    source:
      "LivePortrait's own samples go down to 14 %, labelled usable portraits to 24 %; labelled scenes and whole bodies are below 10 %.",
  },
  good: 'atLeast',
  value: ({ subject, image }) => subject && spanOf(subject, image),
  /** Whether the face itself has enough pixels, so that a closer crop is all that it takes. */
  told: ({ subject }) => (subject?.box.width ?? 0) >= size.bounds.default,
} as const satisfies Rule;
