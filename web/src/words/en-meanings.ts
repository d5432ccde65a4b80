import type { PageWords } from './words.ts';

/** What each check measures, in English. */
export const CHECK_MEANINGS_EN: PageWords['checks']['meanings'] = {
  face: 'How likely it is that the picture shows a face at all. Below the limit, nothing else is measured.',
  human:
    'How likely it is that the face is human: photographed, drawn, painted or sculpted. Animals and dolls are below the limit.',
  frontal: 'How likely it is that the head is seen from the side.',
  uncut: 'How likely it is that the edge of the picture cuts off part of the face.',
  size: "Width of the face after the picture has been scaled to LivePortrait's working size, 1280 pixels at most.",
  share: 'Width of the face compared with the long side of the picture.',
  upright:
    'How far the face is turned in the picture. Beyond the limit, the picture lies on its side or upside down.',
  roll: 'How far the head leans towards a shoulder.',
  yaw: 'How far the head is turned to the left or to the right.',
  pitch: 'How far the head is tilted up or down.',
  visible: 'How likely it is that something covers the mouth or the nose.',
  eyes_visible: 'How likely it is that something covers both eyes, such as dark glasses.',
  inside: 'How much of the face is outside the picture.',
  detail: 'How much fine detail the face has. Below the limit, the face is blurred.',
  sharpness: 'How sharp the face is. Below the limit, a sharper picture would give a better result.',
  brightness: 'Average brightness of the face. Below the limit, it is too dark.',
  exposure: 'Average brightness of the face. Above the limit, it is too bright.',
  contrast: 'How much light and dark differ in the face.',
  evenness: 'Brightness of the darker half of the face compared with the brighter half.',
  backlight: 'How much brighter the background right around the face is.',
  count: 'Number of faces. LivePortrait animates the largest one.',
  mouth: 'How wide the mouth is open, compared with its width.',
  eyes: 'How wide the more closed eye is open, compared with its width.',
  whole: 'Number of bytes that are missing at the end of the file.',
  pixels: 'Width of the face in the picture itself.',
  height: 'Height of the face in the picture itself.',
  eye_distance: 'Distance between the centres of the eyes in the picture itself.',
  fill: 'Width of the face compared with the long side of the picture. Above the limit, there is too little space around it.',
  hand: 'How much of the face looks like the skin of a hand.',
  hips: 'How certain it is that both hips are in the picture.',
  edge: 'Short side of the picture.',
  shape: 'Long side of the picture divided by the short side. A square has 1.',
};

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
