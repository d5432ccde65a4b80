import type { Preset } from '../preset.ts';

/** LivePortrait with human faces: all limits at their defaults. */
export const liveportrait: Preset = {
  name: 'liveportrait',
  title: 'LivePortrait',
  limits: {},
  enforce: {},
  crop: null,
  unjudged: [],
};
