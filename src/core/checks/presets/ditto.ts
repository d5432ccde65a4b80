import type { Preset } from '../preset.ts';

/** Ditto: LivePortrait's crop and size of face, with a closed mouth. */
export const ditto: Preset = {
  name: 'ditto',
  title: 'Ditto',
  limits: {},
  enforce: {
    mouth: {
      url: 'https://github.com/antgroup/ditto-talkinghead/issues/10',
      says: 'An author: that the mouth is closed is the most important demand on the picture.',
    },
  },
  crop: null,
  unjudged: [
    'It looks at pictures of up to 1920 pixels, LivePortrait at 1280; our width of the face is taken at 1280.',
  ],
};
