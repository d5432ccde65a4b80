/** What the quality of a picture is made of: a table of what each part measures, and what it weighs. */
import type { Box, Face, QualityPart, Subject } from '../inspection.ts';
import type { Words } from '../words/words.ts';
import { type Evidence, spanOf } from './rule.ts';

/** One thing that makes a part better or worse. */
export interface Factor {
  /** 0 (bad) to 1 (good); never lower for a better measurement. */
  value(subject: Subject, evidence: Evidence): number;
  /** What is wrong where it is low, in a sentence. */
  words(words: Words, subject: Subject): string;
}

/** A part of the quality: the product of its factors. */
export interface Part {
  /** The share of the score that is lost where the part is 0; below 1, so that no part hides what the others say. */
  readonly weight: number;
  /** One sentence: what makes it 1, and what makes it 0. */
  readonly meaning: string;
  /** Why it weighs so much. */
  readonly reason: string;
  readonly factors: readonly Factor[];
}

/** What is measured on the far side of a profile is a guess, and so worth nothing. */
const inSight: Factor = {
  value: ({ heads }) => 1 - heads.profile,
  words: ({ quality }) => quality.inProfile,
};

/** Every part. */
export const PARTS: Readonly<Record<QualityPart, Part>> = {
  human: {
    weight: 0.95,
    meaning: 'A human face: 1 from a probability of 95 % on, 0 from 40 % down.',
    reason: 'Without a human face, nothing else that was measured means anything.',
    factors: [
      {
        value: ({ heads }) => between(heads.human, 0.4, 0.95),
        words: ({ quality }, { heads }) => quality.human(heads.human),
      },
    ],
  },
  frontal: {
    weight: 0.9,
    meaning:
      'The head faces the camera: 1 without turn or tilt, 0 at 60° to the side, 45° up or down, or surely in profile.',
    reason: 'What the camera does not see of a head has to be made up in every frame.',
    factors: [
      inSight,
      {
        value: ({ pose }) => between(Math.abs(pose.yaw), 60, 0),
        words: ({ quality }, { pose }) => quality.turned(Math.abs(pose.yaw)),
      },
      {
        value: ({ pose }) => between(Math.abs(pose.pitch), 45, 0),
        words: ({ quality }, { pose }) =>
          quality.tilted(Math.abs(pose.pitch), pose.pitch > 0 ? 'up' : 'down'),
      },
    ],
  },
  clear: {
    weight: 0.9,
    meaning:
      'Nothing is before the face or on it: 1 less the probabilities that something is, at all and by region; and less where 5 % to 25 % of a cheek or the mouth look like a hand.',
    reason: 'What covers a face moves with its skin, and what is behind it has to be made up.',
    factors: [
      inSight,
      {
        value: ({ heads }) => (1 - heads.obstructed) * (1 - meanOf(Object.values(heads.covered))),
        words: (words, { cover }) =>
          cover === null ? words.quality.maybeCovered : words.coverSentence(cover),
      },
      {
        value: (subject) => between(handShare(subject), 0.25, 0.05),
        words: ({ quality }) => quality.handNear,
      },
    ],
  },
  whole: {
    weight: 0.85,
    meaning:
      'The frame cuts nothing off: 1 with all of the face inside, 0 with 20 % of it outside, or surely cut.',
    reason: 'A face cannot be animated where it is missing.',
    factors: [
      {
        value: ({ outside }) => between(outside, 0.2, 0),
        words: ({ quality }, { outside }) => quality.outside(outside),
      },
      { value: ({ heads }) => 1 - heads.cutOff, words: ({ quality }) => quality.maybeCut },
    ],
  },
  sharp: {
    weight: 0.8,
    meaning: 'The face is sharp: 1 from a sharpness of 0.6 on, 0 from 0.3 down.',
    reason: 'A blurred face stays so in every frame, though it moves as it should.',
    factors: [
      {
        value: ({ sharpness }) => between(sharpness, 0.3, 0.6),
        words: ({ quality }, { sharpness }) => quality.notSharp(sharpness),
      },
    ],
  },
  large: {
    weight: 0.8,
    meaning:
      "The face is large: 1 from 144 px at LivePortrait's size and 18 % of the long edge on, 0 from 40 px or 8 % down.",
    reason: 'A small face is enlarged, and then looks as a blurred one does.',
    factors: [
      {
        value: ({ workingWidth }) => between(workingWidth, 40, 144),
        words: ({ quality }, { workingWidth }) => quality.fewPixels(workingWidth),
      },
      {
        value: (subject, { image }) => between(spanOf(subject, image), 0.08, 0.18),
        words: ({ quality }) => quality.smallInPicture,
      },
    ],
  },
  level: {
    weight: 0.8,
    meaning: 'The head leans to neither side: 1 upright, 0 from 60° on.',
    reason: 'LivePortrait levels a lean by itself; from 60° on the picture is turned, and nothing comes out.',
    factors: [
      {
        value: ({ pose }) => between(Math.abs(pose.roll), 60, 0),
        words: ({ quality }, { pose }) => quality.leaning(Math.abs(pose.roll)),
      },
    ],
  },
  eyes: {
    weight: 0.6,
    meaning:
      'Both eyes are open and seen: 1 from 22 % of their width on, 0 from 8 % down, or where they are covered.',
    reason: 'Eyes that are closed stay so, or get irises that are made up.',
    factors: [
      inSight,
      {
        value: ({ eyeOpening }) => between(eyeOpening, 0.08, 0.22),
        words: ({ quality }, { eyeOpening }) => quality.eyesNarrow(eyeOpening),
      },
      {
        value: ({ heads }) => 1 - meanOf([heads.covered.leftEye, heads.covered.rightEye]),
        words: ({ quality }) => quality.eyesHidden,
      },
    ],
  },
  mouth: {
    weight: 0.4,
    meaning:
      'The mouth is closed and seen: 1 up to a gap of 3 % of its width, 0 from 40 % on, or where it is covered.',
    reason: 'An open mouth keeps its teeth in every frame, but the face is there.',
    factors: [
      inSight,
      {
        value: ({ mouthOpening }) => between(mouthOpening, 0.4, 0.03),
        words: ({ quality }, { mouthOpening }) => quality.mouthOpen(mouthOpening),
      },
      { value: ({ heads }) => 1 - heads.covered.mouth, words: ({ quality }) => quality.mouthHidden },
    ],
  },
  lit: {
    weight: 0.5,
    meaning:
      'The light is good: 1 where it is enough, and not too much, neither flat nor from one side nor from behind.',
    reason: 'A badly lit face is animated well, and looks as badly lit as before.',
    // Skins differ in luma by more than good light does, and no skin is bad light: so the best values are wide apart.
    factors: [
      { value: ({ brightness }) => between(brightness, 0.1, 0.28), words: ({ quality }) => quality.dark },
      { value: ({ brightness }) => between(brightness, 0.97, 0.82), words: ({ quality }) => quality.bright },
      { value: ({ contrast }) => between(contrast, 0.04, 0.08), words: ({ quality }) => quality.flat },
      {
        value: ({ evenness }) => between(evenness, 0.3, 0.85),
        words: ({ quality }) => quality.oneSided,
      },
      {
        value: ({ surround, brightness }) => between(surround - brightness, 0.5, 0.25),
        words: ({ quality }) => quality.backlit,
      },
    ],
  },
  alone: {
    weight: 0.3,
    meaning:
      "No other face is near: 1 less the area of others in LivePortrait's square over that of the face.",
    reason: 'A second face in the square is pulled along with the first one; outside of it, it does no harm.',
    factors: [
      {
        value: (subject, { faces }) => 1 - crowding(subject, faces),
        words: ({ quality }) => quality.crowded,
      },
    ],
  },
};

/** Edge of the square that LivePortrait cuts out, in widths of a face; its source scales by 2.3. */
const SQUARE_IN_FACES = 2.3;

/** The area of other faces within LivePortrait's square over that of the face itself, 0 to 1. */
function crowding({ box, index }: Subject, faces: readonly Face[]): number {
  const edge = SQUARE_IN_FACES * Math.max(box.width, box.height);
  const square = {
    x: box.x + (box.width - edge) / 2,
    y: box.y + (box.height - edge) / 2,
    width: edge,
    height: edge,
  };
  // What shares its centre is the same face, found twice.
  const others = faces.filter(
    (face, at) => at !== index && !isWithin(box, face.box) && !isWithin(face.box, box),
  );
  const area = others.reduce((sum, other) => sum + sharedArea(square, other.box), 0);
  return area === 0 ? 0 : Math.min(1, area / (box.width * box.height));
}

/** Whether the centre of one is in the other. */
function isWithin(outer: Box, inner: Box): boolean {
  const [x, y] = [inner.x + inner.width / 2 - outer.x, inner.y + inner.height / 2 - outer.y];
  return x > 0 && x < outer.width && y > 0 && y < outer.height;
}

function sharedArea(a: Box, b: Box): number {
  const along = (from: number, length: number, other: number, otherLength: number) =>
    Math.max(0, Math.min(from + length, other + otherLength) - Math.max(from, other));
  return along(a.x, a.width, b.x, b.width) * along(a.y, a.height, b.y, b.height);
}

/**
 * The largest share of a cheek or the mouth that looks like a hand: under 0.05 where there is none. Things are left out, since
 * the rims of glasses and some beards look like things.
 */
function handShare({ surface }: Subject): number {
  return Math.max(surface.leftCheek.skin, surface.rightCheek.skin, surface.mouth.skin);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** 0 at the worst value and beyond, 1 at the best and beyond, and gently from one to the other. */
function between(value: number, worst: number, best: number): number {
  const share = Math.min(1, Math.max(0, (value - worst) / (best - worst)));
  return share * share * (3 - 2 * share);
}
