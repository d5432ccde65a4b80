/** What a language has to say about a picture: a catalogue that lacks an entry does not compile. */
import type { CheckId, EachRule } from '../checks/rules.ts';
import type { CheckReason, Cover, CoverClass, FaceRegion, QualityPart, QuarterTurns } from '../inspection.ts';

/** What covers a face, as far as a sentence tells it. */
export type ToldCover = Pick<Cover, 'class' | 'regions'>;

/** What a check advises where it fails. Shares and probabilities are 0 to 1, angles in degrees. */
type Advice<Told extends readonly unknown[]> = (value: number, limit: number, ...told: Told) => string;

/** What a rule tells beside its value and limit, as a third argument; nothing for most. */
type ToldBy<R> = R extends { told(...evidence: never[]): infer Told } ? [told: Told] : [];

/** What is said of each check. It follows from the list of rules: an entry that lacks does not compile. */
export type CheckWords = {
  readonly [R in EachRule as R['id']]: {
    /** The name of what is measured; the limit beside it says which side is right. */
    readonly name: string;
    /** What is measured, in a sentence. */
    readonly meaning: string;
    /** What was measured, the limit, and what to do. */
    readonly advice: Advice<ToldBy<R>>;
  };
};

/** One thing that is said of every check. */
export type OfChecks<Part extends 'name' | 'meaning' | 'advice'> = {
  readonly [Id in CheckId]: CheckWords[Id][Part];
};

export type { CheckId } from '../checks/rules.ts';

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
  readonly advice: OfChecks<'advice'>;
  /** Behind the advice where the probability is near its limit. */
  readonly notSure: string;
  /** In place of advice where a check passes, and the probability is near its limit. */
  readonly passNotSure: (id: CheckId, value: number, limit: number) => string;
  /** "A hand covers the mouth."; "Something covers the face." where nothing is known of it. */
  readonly coverSentence: (cover: ToldCover | null) => string;
  readonly quality: QualityWords;
  readonly repair: RepairWords;
  readonly checks: OfChecks<'name'>;
  readonly meanings: OfChecks<'meaning'>;
  /** A reason in two or three words. */
  readonly reasons: Readonly<Record<CheckReason, string>>;
  readonly qualityParts: Readonly<Record<QualityPart, string>>;
  readonly coverClasses: Readonly<Record<CoverClass, string>>;
  /** Parts of a face; right and left are the person's own. */
  readonly regions: Readonly<Record<FaceRegion, string>>;
}
