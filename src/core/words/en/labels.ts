import type { Words } from '../words.ts';

type Labels = Pick<Words, 'reasons' | 'qualityParts' | 'coverClasses'>;

/** Names of things, in English. */
export const LABELS: Labels = {
  reasons: {
    'face.none': 'No human face',
    'face.small': 'Face too small',
    'face.profile': 'Face in profile',
    'face.turned': 'Picture on its side',
    'face.tilted': 'Looking up or down',
    'face.obstructed': 'Face covered',
    'face.cut_off': 'Face cut off',
    'face.blurred': 'Face blurred',
    'face.large': 'Face too large',
    'image.small': 'Picture too small',
    'image.shape': 'Wrong shape',
    'body.cut_off': 'Body cut off',
    'face.soft': 'Face slightly blurred',
    'face.leaning': 'Head leaning',
    'face.dark': 'Face too dark',
    'face.bright': 'Face too bright',
    'face.flat': 'Too little contrast',
    'face.one_sided': 'Light from one side',
    'face.backlit': 'Light from behind',
    'face.several': 'Several faces',
    'face.mouth_open': 'Mouth open',
    'face.eyes_closed': 'Eyes closed',
    'image.repaired': 'End of the file missing',
  },
  qualityParts: {
    human: 'Human face',
    frontal: 'Facing the camera',
    clear: 'Nothing in front of it',
    whole: 'Whole face in the picture',
    sharp: 'Sharp',
    large: 'Large enough',
    level: 'Level',
    eyes: 'Eyes open',
    mouth: 'Mouth closed',
    lit: 'Good light',
    alone: 'No other face nearby',
  },
  coverClasses: {
    hand: 'hand',
    glasses: 'dark glasses',
    hair: 'hair',
    cloth: 'mask or cloth',
    object: 'something else',
  },
};
