/** What a person before a camera is asked to do, one thing at a time. */

/** The instructions, the most basic first; `ready` says that all is good. */
export const INSTRUCTIONS = [
  'noFace',
  'closer',
  'back',
  'centre',
  'turn',
  'level',
  'hand',
  'glasses',
  'hair',
  'cloth',
  'object',
  'closeMouth',
  'openEyes',
  'moreLight',
  'lessLight',
  'evenLight',
  'onePerson',
  'other',
  'still',
  'ready',
] as const;

/** One of {@link INSTRUCTIONS}. */
export type Instruction = (typeof INSTRUCTIONS)[number];
