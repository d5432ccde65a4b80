/** All that `<portrait-capture>` says and shows in words. */
import type { Instruction } from './instruction.ts';

/** Why there is no camera. */
export type Trouble = 'insecure' | 'unsupported' | 'denied' | 'missing' | 'busy' | 'lost' | 'unavailable';

/** The words; replace those that you want to say otherwise. */
export interface CaptureWords {
  readonly start: string;
  readonly stop: string;
  readonly again: string;
  readonly retry: string;
  readonly take: string;
  /** Before the start. */
  readonly introduction: string;
  readonly starting: string;
  /** While no frame has been judged. */
  readonly looking: string;
  /** While the picture is made. */
  readonly taking: string;
  readonly taken: string;
  /** What the preview is called for those who do not see it. */
  readonly preview: string;
  readonly instructions: Readonly<Record<Instruction, string>>;
  readonly troubles: Readonly<Record<Trouble, string>>;
}

/** Some of the words. */
export type SomeWords = Partial<Omit<CaptureWords, 'instructions' | 'troubles'>> & {
  readonly instructions?: Partial<CaptureWords['instructions']>;
  readonly troubles?: Partial<CaptureWords['troubles']>;
};

/** The words in English. */
export const ENGLISH: CaptureWords = {
  start: 'Start the camera',
  stop: 'Stop the camera',
  again: 'Take another picture',
  retry: 'Try again',
  take: 'Take the picture now',
  introduction: 'The picture is taken by itself as soon as it is good.',
  starting: 'The camera is starting…',
  looking: 'Look into the camera.',
  taking: 'Taking the picture…',
  taken: 'The picture is taken.',
  preview: 'What the camera sees',
  instructions: {
    noFace: 'No face is seen. Look into the camera.',
    closer: 'Come closer.',
    back: 'Move back a little.',
    centre: 'Move your head to the middle.',
    turn: 'Look straight at the camera.',
    level: 'Hold your head level.',
    hand: 'Take your hand away from your face.',
    glasses: 'Take off the dark glasses.',
    hair: 'Take the hair out of your face.',
    cloth: 'Take away what covers your face: a mask, a scarf.',
    object: 'Take away what covers your face.',
    closeMouth: 'Close your mouth.',
    openEyes: 'Open your eyes.',
    moreLight: 'More light, please: turn to a window or a lamp.',
    lessLight: 'Less light, please: your face is too bright.',
    evenLight: 'Turn your face to the light.',
    onePerson: 'Only one person, please.',
    other: 'The picture would not be good.',
    still: 'Hold still.',
    ready: 'Good. Hold still.',
  },
  troubles: {
    insecure: 'Browsers lend the camera to secure pages only. Open this page with https://.',
    unsupported: 'This browser lends no camera to pages. Use another browser, or choose a picture.',
    denied:
      'This page may not use the camera. Allow it beside the address of the page or in the settings, and try again.',
    missing: 'No camera was found. Connect one, and try again.',
    busy: 'The camera cannot be opened: another program may be using it. Close that, and try again.',
    lost: 'The camera has stopped. Connect it again, and try again.',
    unavailable: 'What judges the picture could not be loaded. Look at the connection, and try again.',
  },
};

/** Words with others in the place of some. */
export function replaceWords(words: CaptureWords, others: SomeWords): CaptureWords {
  return {
    ...words,
    ...others,
    instructions: { ...words.instructions, ...others.instructions },
    troubles: { ...words.troubles, ...others.troubles },
  };
}
