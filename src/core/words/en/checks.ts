import type { Numbers } from '../numbers.ts';
import type { CheckWords } from '../words.ts';
import { coverAdvice, likelihood } from './cover.ts';

/** What is said of each check, in English. Advice tells the fact with its number and limit, then what to do. */
export function checksIn(numbers: Numbers): CheckWords {
  const { number, percent, degrees, plural, limit: set } = numbers;
  const ofLimit = {
    number: (limit: number) => `(limit ${set.number(limit)})`,
    percent: (limit: number) => `(limit ${set.percent(limit)})`,
    degrees: (limit: number) => `(limit ${set.degrees(limit)})`,
    px: (limit: number) => `(limit ${set.number(limit)} px)`,
  };
  /** Whole pixels: what is short of one is not there. */
  const px = (value: number) => `${number(Math.floor(value))} px`;
  const covered: CheckWords['visible']['advice'] = (value, limit, cover) =>
    coverAdvice(cover, value, limit, numbers);
  return {
    face: {
      name: 'Face found',
      meaning:
        'How likely it is that the picture shows a face at all. Below the limit, nothing else is measured.',
      advice: (value, limit, isThere) =>
        `${isThere ? `The best match for a face ${beHuman(value)} human (${percent(value, limit)} likely, limit ${set.percent(limit)})` : 'No face was found'}. Use a picture that shows one person from the front.`,
    },
    frontal: {
      name: 'Profile',
      meaning: 'How likely it is that the head is seen from the side.',
      advice: (value, limit) =>
        `The head is ${likelihood(value)} in profile (${percent(value, limit)}, limit ${set.percent(limit)}). Use a picture that shows both eyes and both cheeks.`,
    },
    human: {
      name: 'Human face',
      meaning:
        'How likely it is that the face is human: photographed, drawn, painted or sculpted. Animals and dolls are below the limit.',
      advice: (value, limit) =>
        `The face ${beHuman(value)} human (${percent(value, limit)} likely, limit ${set.percent(limit)}). Use a picture of a person.`,
    },
    uncut: {
      name: 'Cut off by the edge',
      meaning: 'How likely it is that the edge of the picture cuts off part of the face.',
      advice: (value, limit) =>
        `The edge of the picture ${likelihood(value)} cuts off part of the face (${percent(value, limit)}, limit ${set.percent(limit)}). Use a picture that shows the whole face.`,
    },
    share: {
      name: 'Share of the picture',
      meaning: 'Width of the face compared with the long side of the picture.',
      advice: (value, limit, isEnough) =>
        `The face fills ${percent(value, limit)} of the picture's long side ${ofLimit.percent(limit)}. ${enlarge(isEnough)}`,
    },
    upright: {
      name: 'Picture on its side',
      meaning:
        'How far the face is turned in the picture. Beyond the limit, the picture lies on its side or upside down.',
      advice: (value, limit, turns) =>
        `The face is turned ${degrees(value, limit)} ${ofLimit.degrees(limit)}. Rotate the picture ${turns === 2 ? '180°' : `90° to the ${turns === 1 ? 'right' : 'left'}`}.`,
    },
    pitch: {
      name: 'Looking up or down',
      meaning: 'How far the head is tilted up or down.',
      advice: (value, limit, looks) =>
        `The head is tilted ${looks} ${degrees(value, limit)} ${ofLimit.degrees(limit)}. Use a picture taken at eye level.`,
    },
    visible: {
      name: 'Face covered',
      meaning: 'How likely it is that something covers the mouth or the nose.',
      advice: covered,
    },
    eyes_visible: {
      name: 'Eyes covered',
      meaning: 'How likely it is that something covers both eyes, such as dark glasses.',
      advice: covered,
    },
    hand: {
      name: 'Hand on the face',
      meaning: 'How much of the face looks like the skin of a hand.',
      advice: (value, limit) =>
        `A hand seems to touch the face: it covers ${percent(value, limit)} of one part of it ${ofLimit.percent(limit)}. Use a picture with the hands away from the face.`,
    },
    size: {
      name: 'Face size',
      meaning:
        "Width of the face after the picture has been scaled to LivePortrait's working size, 1280 pixels at most.",
      advice: (value, limit, width) =>
        `The face is ${px(value)} wide at LivePortrait's working size ${ofLimit.px(limit)}. ${enlarge(width >= limit)}`,
    },
    pixels: {
      name: 'Face width',
      meaning: 'Width of the face in the picture itself.',
      advice: (value, limit) => `The face is ${px(value)} wide ${ofLimit.px(limit)}. Use a larger picture.`,
    },
    height: {
      name: 'Face height',
      meaning: 'Height of the face in the picture itself.',
      advice: (value, limit) => `The face is ${px(value)} high ${ofLimit.px(limit)}. Use a larger picture.`,
    },
    eye_distance: {
      name: 'Distance between the eyes',
      meaning: 'Distance between the centres of the eyes in the picture itself.',
      advice: (value, limit) => `The eyes are ${px(value)} apart ${ofLimit.px(limit)}. Use a larger picture.`,
    },
    yaw: {
      name: 'Looking to the side',
      meaning: 'How far the head is turned to the left or to the right.',
      advice: (value, limit) =>
        `The head is turned ${degrees(value, limit)} to the side ${ofLimit.degrees(limit)}. Use a picture that shows both eyes and both cheeks.`,
    },
    inside: {
      name: 'Outside the picture',
      meaning: 'How much of the face is outside the picture.',
      advice: (value, limit) =>
        `${percent(value, limit)} of the face is outside the picture ${ofLimit.percent(limit)}. Use a picture that shows the whole face.`,
    },
    detail: {
      name: 'Detail',
      meaning: 'How much fine detail the face has. Below the limit, the face is blurred.',
      advice: (value, limit) =>
        `The face is too blurred: sharpness ${number(value, limit)} ${ofLimit.number(limit)}. Use a sharper picture. Enlarging a small one does not help.`,
    },
    fill: {
      name: 'Space around the face',
      meaning:
        'Width of the face compared with the long side of the picture. Above the limit, there is too little space around it.',
      advice: (value, limit) =>
        `The face fills ${percent(value, limit)} of the picture's long side ${ofLimit.percent(limit)}. Use a picture with more space around the face.`,
    },
    edge: {
      name: 'Picture size',
      meaning: 'Short side of the picture.',
      advice: (value, limit) =>
        `The picture's short side is ${px(value)} long ${ofLimit.px(limit)}. Use a larger picture.`,
    },
    shape: {
      name: 'Picture shape',
      meaning: 'Long side of the picture divided by the short side. A square has 1.',
      advice: (value, limit) =>
        `The picture's long side is ${number(value, limit)} times its short side ${ofLimit.number(limit)}. Crop it to a square around the face.`,
    },
    sharpness: {
      name: 'Sharpness',
      meaning: 'How sharp the face is. Below the limit, a sharper picture would give a better result.',
      advice: (value, limit) =>
        `The face is slightly blurred: sharpness ${number(value, limit)} ${ofLimit.number(limit)}. A sharper picture gives a better result.`,
    },
    roll: {
      name: 'Head leaning',
      meaning: 'How far the head leans towards a shoulder.',
      advice: (value, limit) =>
        `The head leans ${degrees(value, limit)} to one side ${ofLimit.degrees(limit)}. Use a picture with a level head, or rotate this one.`,
    },
    brightness: {
      name: 'Brightness, at least',
      meaning: 'Average brightness of the face. Below the limit, it is too dark.',
      advice: (value, limit) =>
        `The face is too dark: ${percent(value, limit)} bright ${ofLimit.percent(limit)}. Brighten the picture, or use one with more light on the face.`,
    },
    exposure: {
      name: 'Brightness, at most',
      meaning: 'Average brightness of the face. Above the limit, it is too bright.',
      advice: (value, limit) =>
        `The face is too bright: ${percent(value, limit)} bright ${ofLimit.percent(limit)}. Use a picture with less light on the face.`,
    },
    contrast: {
      name: 'Contrast',
      meaning: 'How much light and dark differ in the face.',
      advice: (value, limit) =>
        `The face has too little contrast: ${percent(value, limit)} ${ofLimit.percent(limit)}. Raise the contrast, or use a picture without haze.`,
    },
    evenness: {
      name: 'Even light',
      meaning: 'Brightness of the darker half of the face compared with the brighter half.',
      advice: (value, limit) =>
        `The light comes from one side: the darker half of the face gets ${percent(value, limit)} of the light of the other half ${ofLimit.percent(limit)}. Use a picture with light from the front.`,
    },
    backlight: {
      name: 'Light from behind',
      meaning: 'How much brighter the background right around the face is.',
      advice: (value, limit) =>
        `The light comes from behind: the background is ${percent(value, limit)} brighter than the face ${ofLimit.percent(limit)}. Turn the face to the light.`,
    },
    count: {
      name: 'Number of faces',
      meaning: 'Number of faces. LivePortrait animates the largest one.',
      advice: (value, limit) =>
        `The picture shows ${number(value)} ${plural(value, 'face', 'faces')} ${ofLimit.number(limit)}. LivePortrait animates the largest one. Crop the picture to the face that you want.`,
    },
    hips: {
      name: 'Half the body in the picture',
      meaning: 'How certain it is that both hips are in the picture.',
      advice: (value, limit) =>
        `The hips are hardly in the picture: score ${number(value, limit)} ${ofLimit.number(limit)}. Use a picture that shows the body down to the hips or further.`,
    },
    mouth: {
      name: 'Mouth open',
      meaning: 'How wide the mouth is open, compared with its width.',
      advice: (value, limit) =>
        `The mouth is open by ${percent(value, limit)} of its width ${ofLimit.percent(limit)}. Use a picture with a relaxed, closed mouth.`,
    },
    eyes: {
      name: 'Eyes open',
      meaning: 'How wide the more closed eye is open, compared with its width.',
      advice: (value, limit) =>
        `The eyes are almost closed: open by ${percent(value, limit)} of their width ${ofLimit.percent(limit)}. Use a picture with open eyes.`,
    },
    whole: {
      name: 'File complete',
      meaning: 'Number of bytes that are missing at the end of the file.',
      advice: (value, limit) =>
        `The file lacks ${number(value)} ${plural(value, 'byte', 'bytes')} at its end ${ofLimit.number(limit)}, but all of the picture is there. Save the picture again: some programs refuse such files.`,
    },
  };
}

/** Whether a thing is human, by the probability that it is. */
function beHuman(probability: number): string {
  if (probability >= 0.6) return 'is probably';
  if (probability >= 0.4) return 'may or may not be';
  return probability >= 0.1 ? 'is probably not' : 'is almost certainly not';
}

/** How a face becomes larger: by a crop where its pixels are enough, by nothing but another picture where they are not. */
function enlarge(isEnough: boolean): string {
  return isEnough
    ? 'Crop closer to the face.'
    : 'Use a picture in which the face has more pixels. Cropping is not enough.';
}
