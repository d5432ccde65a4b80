import type { FaceRegion } from '../../src/core/inspection.ts';
import { HIDDEN, UNSURE } from './corrections.ts';
import type { Truth } from './lessons.ts';
import { CROPS, type LabelledPicture } from './manifest.ts';

/** The regions in the order in which everything lists them. */
export const REGIONS: readonly FaceRegion[] = ['leftEye', 'rightEye', 'nose', 'mouth', 'chin'];

type Covered = Truth['covered'];

const EYES = new Set<FaceRegion>(['leftEye', 'rightEye']);

/** A value for each region. */
export function regions(value: (region: FaceRegion) => boolean | null): Covered {
  return Object.fromEntries(REGIONS.map((region) => [region, value(region)])) as Record<
    FaceRegion,
    boolean | null
  >;
}

/** Every region clear. */
export const CLEAR: Covered = regions(() => false);

/** Nothing known of any region. */
const UNKNOWN: Covered = regions(() => null);

/**
 * Pictures whose label is wrong for us: a plush bear among the drawn people, and people in pictures labelled as
 * without any.
 */
const MISLABELLED = new Set([
  'cartoon/6571b8ce0c21.jpg',
  'noface/c8dff2d9f484.jpeg',
  'noface/f877cff3132c.jpeg',
  'noface/99366772dd3e.jpg',
]);

const HUMAN_GROUPS = new Set([
  'frontal',
  'harmless',
  'pose',
  'obstructed',
  'cartoon',
  'statue',
  'small',
  'cut_off',
  CROPS,
]);

const NO_HUMAN_GROUPS = new Set(['animal', 'noface', 'doll']);

/** What is hidden where a kind of cover is labelled; other regions of these faces are free, or unknown. */
const COVERED_BY_KIND: Readonly<Record<string, Covered>> = {
  dark_glasses: regions((region) => EYES.has(region)),
  // Before mouth or nose, nobody said which.
  hand: regions(() => null),
  object_at_mouth: regions((region) => (region === 'mouth' ? true : EYES.has(region) ? false : null)),
  scarf_niqab: regions((region) => !EYES.has(region)),
};

/** What the labels of a picture say about its subject. */
export function truthOf(picture: LabelledPicture): Truth {
  const { yaw, note } = picture;
  return {
    human: isHuman(picture),
    yaw: yaw === null ? null : Math.abs(yaw),
    // The labels count the other way round: positive turns to the picture's left.
    turn: yaw === null || note.includes('unsigned') ? null : -yaw,
    ...coverOf(picture),
    cut: isCut(picture),
  };
}

/** What is true of the mirrored picture. */
export function mirrorTruth(truth: Truth): Truth {
  const { leftEye, rightEye } = truth.covered;
  return {
    ...truth,
    turn: truth.turn === null ? null : -truth.turn,
    covered: { ...truth.covered, leftEye: rightEye, rightEye: leftEye },
  };
}

/**
 * Drawn, carved and rendered people are human. Where people would disagree (`either` for want of a face), and in
 * pictures of groups, where the subject may be anyone or anything, nothing is known.
 */
function isHuman({ file, group, expected, reason }: LabelledPicture): boolean | null {
  if (MISLABELLED.has(file)) return null;
  if (NO_HUMAN_GROUPS.has(group)) return expected === 'fail' ? false : null;
  return HUMAN_GROUPS.has(group) && reason !== 'no_face' ? true : null;
}

/** Whether the frame cuts through the face: of pictures that must pass, and of pictures without people, it does not. */
function isCut({ group, expected }: LabelledPicture): boolean | null {
  if (group === 'cut_off') return expected === 'fail' ? true : null;
  return expected === 'pass' ? false : null;
}

function coverOf(picture: LabelledPicture): Pick<Truth, 'covered' | 'obstructed'> {
  const { file, group, expected, kind, note } = picture;
  const hidden = HIDDEN.get(file);
  if (hidden) return { covered: regions((region) => hidden.includes(region) || null), obstructed: true };
  if (UNSURE.has(file)) return { covered: UNKNOWN, obstructed: null };
  if (group === CROPS || (group === 'harmless' && expected === 'pass'))
    return { covered: CLEAR, obstructed: false };
  if (group === 'obstructed') {
    const byKind = COVERED_BY_KIND[kind];
    if (byKind && expected === 'fail') return { covered: byKind, obstructed: true };
    if (note.includes('sunglasses')) {
      return { covered: regions((region) => EYES.has(region)), obstructed: true };
    }
    // A mask goes from the nose to the chin; what else covers a face is not labelled by region.
    const isMask = expected === 'fail' && /mask/i.test(note);
    if (isMask) return { covered: regions((region) => !EYES.has(region)), obstructed: true };
    return { covered: UNKNOWN, obstructed: expected === 'fail' ? true : null };
  }
  const isClear = (group === 'frontal' || group === 'pose') && expected === 'pass';
  const isClearPose = group === 'pose' && picture.reason === '-';
  // Drawn and carved portraits; what is drawn with a cover, or is hardly a person, has a reason.
  const isClearArt = (group === 'cartoon' || group === 'statue') && picture.reason === '-';
  if ((isClear || isClearPose || isClearArt) && !MISLABELLED.has(file))
    return { covered: CLEAR, obstructed: false };
  return { covered: UNKNOWN, obstructed: null };
}
