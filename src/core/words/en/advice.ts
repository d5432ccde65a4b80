import type { Numbers } from '../numbers.ts';
import type { AdviceWords } from '../words.ts';
import { coverAdvice, likelihood } from './cover.ts';

/** The advice of all checks, in English: the fact with its number and limit, then what to do. */
export function adviceIn(numbers: Numbers): AdviceWords {
  const { number, percent, degrees, plural, limit: set } = numbers;
  const ofLimit = {
    number: (limit: number) => `(limit ${set.number(limit)})`,
    percent: (limit: number) => `(limit ${set.percent(limit)})`,
    degrees: (limit: number) => `(limit ${set.degrees(limit)})`,
    px: (limit: number) => `(limit ${set.number(limit)} px)`,
  };
  /** Whole pixels: what is short of one is not there. */
  const px = (value: number) => `${number(Math.floor(value))} px`;
  const covered: AdviceWords['visible'] = (value, limit, cover) => coverAdvice(cover, value, limit, numbers);
  return {
    face: (value, limit, isThere) =>
      `${isThere ? `The best match for a face ${beHuman(value)} human (${percent(value, limit)} likely, limit ${set.percent(limit)})` : 'No face was found'}. Use a picture that shows one person from the front.`,
    frontal: (value, limit) =>
      `The head is ${likelihood(value)} in profile (${percent(value, limit)}, limit ${set.percent(limit)}). Use a picture that shows both eyes and both cheeks.`,
    human: (value, limit) =>
      `The face ${beHuman(value)} human (${percent(value, limit)} likely, limit ${set.percent(limit)}). Use a picture of a person.`,
    uncut: (value, limit) =>
      `The edge of the picture ${likelihood(value)} cuts off part of the face (${percent(value, limit)}, limit ${set.percent(limit)}). Use a picture that shows the whole face.`,
    share: (value, limit) =>
      `The face fills ${percent(value, limit)} of the picture's long side ${ofLimit.percent(limit)}. Crop closer to the face.`,
    upright: (value, limit, turns) =>
      `The face is turned ${degrees(value, limit)} ${ofLimit.degrees(limit)}. Rotate the picture ${turns === 2 ? '180°' : `90° to the ${turns === 1 ? 'right' : 'left'}`}.`,
    pitch: (value, limit, looks) =>
      `The head is tilted ${looks} ${degrees(value, limit)} ${ofLimit.degrees(limit)}. Use a picture taken at eye level.`,
    visible: covered,
    eyes_visible: covered,
    hand: (value, limit) =>
      `A hand seems to touch the face: it covers ${percent(value, limit)} of one part of it ${ofLimit.percent(limit)}. Use a picture with the hands away from the face.`,
    size: (value, limit) =>
      `The face is ${px(value)} wide at LivePortrait's working size ${ofLimit.px(limit)}. Crop closer, or use a larger picture.`,
    pixels: (value, limit) => `The face is ${px(value)} wide ${ofLimit.px(limit)}. Use a larger picture.`,
    height: (value, limit) => `The face is ${px(value)} high ${ofLimit.px(limit)}. Use a larger picture.`,
    eye_distance: (value, limit) =>
      `The eyes are ${px(value)} apart ${ofLimit.px(limit)}. Use a larger picture.`,
    yaw: (value, limit) =>
      `The head is turned ${degrees(value, limit)} to the side ${ofLimit.degrees(limit)}. Use a picture that shows both eyes and both cheeks.`,
    inside: (value, limit) =>
      `${percent(value, limit)} of the face is outside the picture ${ofLimit.percent(limit)}. Use a picture that shows the whole face.`,
    detail: (value, limit) =>
      `The face is too blurred: sharpness ${number(value, limit)} ${ofLimit.number(limit)}. Use a sharper picture. Enlarging a small one does not help.`,
    fill: (value, limit) =>
      `The face fills ${percent(value, limit)} of the picture's long side ${ofLimit.percent(limit)}. Use a picture with more space around the face.`,
    edge: (value, limit) =>
      `The picture's short side is ${px(value)} long ${ofLimit.px(limit)}. Use a larger picture.`,
    shape: (value, limit) =>
      `The picture's long side is ${number(value, limit)} times its short side ${ofLimit.number(limit)}. Crop it to a square around the face.`,
    sharpness: (value, limit) =>
      `The face is slightly blurred: sharpness ${number(value, limit)} ${ofLimit.number(limit)}. A sharper picture gives a better result.`,
    roll: (value, limit) =>
      `The head leans ${degrees(value, limit)} to one side ${ofLimit.degrees(limit)}. Use a picture with a level head, or rotate this one.`,
    brightness: (value, limit) =>
      `The face is too dark: ${percent(value, limit)} bright ${ofLimit.percent(limit)}. Brighten the picture, or use one with more light on the face.`,
    exposure: (value, limit) =>
      `The face is too bright: ${percent(value, limit)} bright ${ofLimit.percent(limit)}. Use a picture with less light on the face.`,
    contrast: (value, limit) =>
      `The face has too little contrast: ${percent(value, limit)} ${ofLimit.percent(limit)}. Raise the contrast, or use a picture without haze.`,
    evenness: (value, limit) =>
      `The light comes from one side: the darker half of the face gets ${percent(value, limit)} of the light of the other half ${ofLimit.percent(limit)}. Use a picture with light from the front.`,
    backlight: (value, limit) =>
      `The light comes from behind: the background is ${percent(value, limit)} brighter than the face ${ofLimit.percent(limit)}. Turn the face to the light.`,
    count: (value, limit) =>
      `The picture shows ${number(value)} ${plural(value, 'face', 'faces')} ${ofLimit.number(limit)}. LivePortrait animates the largest one. Crop the picture to the face that you want.`,
    hips: (value, limit) =>
      `The hips are hardly in the picture: score ${number(value, limit)} ${ofLimit.number(limit)}. Use a picture that shows the body down to the hips or further.`,
    mouth: (value, limit) =>
      `The mouth is open by ${percent(value, limit)} of its width ${ofLimit.percent(limit)}. Use a picture with a relaxed, closed mouth.`,
    eyes: (value, limit) =>
      `The eyes are almost closed: open by ${percent(value, limit)} of their width ${ofLimit.percent(limit)}. Use a picture with open eyes.`,
    whole: (value, limit) =>
      `The file lacks ${number(value)} ${plural(value, 'byte', 'bytes')} at its end ${ofLimit.number(limit)}, but all of the picture is there. Save the picture again: some programs refuse such files.`,
  };
}

/** Whether a thing is human, by the probability that it is. */
function beHuman(probability: number): string {
  if (probability >= 0.6) return 'is probably';
  if (probability >= 0.4) return 'may or may not be';
  return probability >= 0.1 ? 'is probably not' : 'is almost certainly not';
}
