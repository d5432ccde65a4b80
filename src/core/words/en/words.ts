import { numbersIn } from '../numbers.ts';
import { ofChecks } from '../of-checks.ts';
import type { Words } from '../words.ts';
import { checksIn } from './checks.ts';
import { coverSentence, REGIONS } from './cover.ts';
import { LABELS } from './labels.ts';
import { repairIn } from './repair.ts';

const NUMBERS = numbersIn('en-GB');
const { number, percent, degrees, limit: set } = NUMBERS;
const CHECKS = checksIn(NUMBERS);

/** The words in English. */
export const EN: Words = {
  ...LABELS,
  join: (sentences) => sentences.join(' '),
  checks: ofChecks(CHECKS, 'name'),
  meanings: ofChecks(CHECKS, 'meaning'),
  advice: ofChecks(CHECKS, 'advice'),
  notSure: 'This result is not certain. Look at the picture yourself.',
  passNotSure: (id, value, limit) =>
    `"${CHECKS[id].name}" passes, but this result is not certain (${percent(value, limit)}, limit ${set.percent(limit)}). Look at the picture yourself.`,
  coverSentence: (cover) => coverSentence(cover, NUMBERS),
  regions: REGIONS,
  repair: repairIn(NUMBERS),
  quality: {
    inProfile: 'The head is in profile.',
    human: (probability) => `The face is ${percent(probability)} likely to be human.`,
    turned: (angle) => `The head is turned ${degrees(angle)} to the side.`,
    tilted: (angle, looks) => `The head is tilted ${looks} ${degrees(angle)}.`,
    maybeCovered: 'Something may cover the face.',
    handNear: 'A hand touches the face.',
    outside: (share) => `${percent(share)} of the face is outside the picture.`,
    maybeCut: 'The edge of the picture may cut off part of the face.',
    notSharp: (sharpness) => `The face is not quite sharp: ${sharpness.toFixed(2)} instead of 0.60.`,
    fewPixels: (width) =>
      `The face is only ${number(Math.floor(width))} px wide at LivePortrait's working size.`,
    smallInPicture: 'The face is small in the picture.',
    leaning: (angle) => `The head leans ${degrees(angle)}.`,
    eyesNarrow: (opening) => `The eyes are open by only ${percent(opening)} of their width.`,
    eyesHidden: 'Not both eyes can be seen well.',
    mouthOpen: (opening) => `The mouth is open by ${percent(opening)} of its width.`,
    mouthHidden: 'The mouth cannot be seen well.',
    dark: 'The face is dark.',
    bright: 'The face is very bright.',
    flat: 'The light is flat.',
    oneSided: 'The light comes from one side.',
    backlit: 'The light comes from behind.',
    crowded: 'Another face is close by.',
  },
};
