/** What a language has to say about a picture: a catalogue that lacks an entry does not compile. */
import type { CheckReason, Cover, CoverClass, FaceRegion, QualityPart, QuarterTurns } from '../inspection.ts';

/** What covers a face, as far as a sentence tells it. */
export type ToldCover = Pick<Cover, 'class' | 'regions'>;

/** What was measured, in the limit's unit, and the limit. */
type Advice = (value: number, limit: number) => string;

/**
 * What each check advises where it fails: what was measured, the limit, and what to do. Shares and probabilities are 0 to 1,
 * angles in degrees.
 */
export interface AdviceWords {
  readonly face: (value: number, limit: number, isThere: boolean) => string;
  readonly frontal: Advice;
  readonly human: Advice;
  readonly uncut: Advice;
  readonly share: Advice;
  /** @param turns quarter turns to the right that make it upright */
  readonly upright: (value: number, limit: number, turns: QuarterTurns) => string;
  readonly pitch: (value: number, limit: number, looks: 'up' | 'down') => string;
  /** @param cover what covers the face; null where that is not known */
  readonly visible: (value: number, limit: number, cover: ToldCover | null) => string;
  readonly eyes_visible: AdviceWords['visible'];
  readonly hand: Advice;
  readonly size: Advice;
  readonly pixels: Advice;
  readonly height: Advice;
  readonly eye_distance: Advice;
  readonly yaw: Advice;
  readonly inside: Advice;
  readonly detail: Advice;
  readonly fill: Advice;
  readonly edge: Advice;
  readonly shape: Advice;
  readonly sharpness: Advice;
  readonly roll: Advice;
  readonly brightness: Advice;
  readonly exposure: Advice;
  readonly contrast: Advice;
  readonly evenness: Advice;
  readonly backlight: Advice;
  readonly count: Advice;
  readonly hips: Advice;
  readonly mouth: Advice;
  readonly eyes: Advice;
  readonly whole: Advice;
}

/** A check's name in an inspection. */
export type CheckId = keyof AdviceWords;

/** What makes a picture less good than it could be, a sentence each. Shares are 0 to 1, angles in degrees. */
export interface QualityWords {
  readonly inProfile: string;
  readonly human: (probability: number) => string;
  readonly turned: (angle: number) => string;
  readonly tilted: (angle: number, looks: 'up' | 'down') => string;
  readonly maybeCovered: string;
  readonly handNear: string;
  readonly outside: (share: number) => string;
  readonly maybeCut: string;
  readonly notSharp: (sharpness: number) => string;
  readonly fewPixels: (width: number) => string;
  readonly smallInPicture: string;
  readonly leaning: (angle: number) => string;
  readonly eyesNarrow: (opening: number) => string;
  readonly eyesHidden: string;
  readonly mouthOpen: (opening: number) => string;
  readonly mouthHidden: string;
  readonly dark: string;
  readonly bright: string;
  readonly flat: string;
  readonly oneSided: string;
  readonly backlit: string;
  readonly crowded: string;
}

/** A width and a height in pixels. */
export interface ToldSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Why only a part of a picture is kept: the face is too small in all of it, another face is larger, it is too long, or a generator
 * wants such a part.
 */
export type CropReason = 'small' | 'other' | 'long' | { readonly generator: string };

/** What was done to repair a picture, a sentence each. */
export interface RepairWords {
  readonly converted: (format: string) => string;
  /** @param turns quarter turns to the right */
  readonly turned: (turns: QuarterTurns) => string;
  readonly oriented: (orientation: number) => string;
  readonly cropped: (from: ToldSize, to: ToldSize, why: CropReason) => string;
  /** @param generator what works at that edge; null where it is the longest edge that a picture may have */
  readonly scaled: (to: ToldSize, edge: number, generator: string | null) => string;
  readonly compressed: (bytes: number, tooMany: number) => string;
  /** @param quality of the JPEG, 1 to 100 */
  readonly compressedTo: (to: ToldSize, quality: number | null, tooMany: number) => string;
  /** Why nothing could be done where the face that is meant cannot be cropped apart from another. */
  readonly notApart: string;
}

/** All words of the core. */
export interface Words {
  /** Whole sentences behind one another: with a space between them, or without. */
  readonly join: (sentences: readonly string[]) => string;
  readonly advice: AdviceWords;
  /** Behind the advice where the probability is near its limit. */
  readonly notSure: string;
  /** In place of advice where a check passes, and the probability is near its limit. */
  readonly passNotSure: (id: CheckId, value: number, limit: number) => string;
  /** "A hand covers the mouth."; "Something covers the face." where nothing is known of it. */
  readonly coverSentence: (cover: ToldCover | null) => string;
  readonly quality: QualityWords;
  readonly repair: RepairWords;
  /** Names of what is measured; the limit beside it says which side is right. */
  readonly checks: Readonly<Record<CheckId, string>>;
  /** A reason in two or three words. */
  readonly reasons: Readonly<Record<CheckReason, string>>;
  readonly qualityParts: Readonly<Record<QualityPart, string>>;
  readonly coverClasses: Readonly<Record<CoverClass, string>>;
  /** Parts of a face; right and left are the person's own. */
  readonly regions: Readonly<Record<FaceRegion, string>>;
}
