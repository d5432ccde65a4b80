import type { PageWords } from './words.ts';

/** What each part of the quality measures, in English. */
export const QUALITY_MEANINGS_EN: PageWords['facts']['qualityMeanings'] = {
  human: '100% if the face is at least 95% likely to be human, 0% below 40%.',
  frontal: '100% for a head that faces the camera, 0% at 60° to the side or 45° up or down.',
  clear: '100% if nothing covers the face.',
  whole: '100% if all of the face is in the picture, 0% if a fifth of it is outside.',
  sharp: '100% for a sharpness of 0.60 or more, 0% for 0.30 or less.',
  large: '100% for a face of 144 px or more that takes 18% of the long side, 0% for 40 px or 8%.',
  level: '100% for an upright head, 0% if it leans 60° or more.',
  eyes: '100% if both eyes are open and can be seen.',
  mouth: '100% if the mouth is closed and can be seen.',
  lit: '100% if the light is bright enough and even, and does not come from behind.',
  alone: '100% if no other face is close to this one.',
};
