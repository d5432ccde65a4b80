/** What covers a face, in words. Every sentence about it is made here: for checks, reports and the page. */
import type { Cover, CoverClass, FaceRegion } from '../inspection.ts';
import { percent } from './rule.ts';

/** What covers a face, as far as a sentence tells it. */
export type ToldCover = Pick<Cover, 'class' | 'regions'>;

/** The regions in words; right and left are the person's own. */
export const REGION_WORDS: Readonly<Record<FaceRegion, string>> = {
  leftEye: 'left eye',
  rightEye: 'right eye',
  nose: 'nose',
  mouth: 'mouth',
  chin: 'chin',
};

const BELOW_THE_EYES = ['nose', 'mouth', 'chin'] as const satisfies readonly FaceRegion[];

/** What a picture needs where this is before the face. */
const REMEDIES: Readonly<Record<CoverClass, string>> = {
  hand: 'Use a picture with the hands away from the face.',
  glasses: 'Use a picture without dark glasses.',
  hair: 'Use a picture with the hair out of the face.',
  cloth: 'Use a picture without a mask or cloth over the face.',
  object: 'Use a picture with nothing in front of the face.',
};

/** "A hand covers the mouth."; "Something covers the face." where nothing is known of it. */
export function coverSentence(cover: ToldCover | null): string {
  return `${coverClause(cover)}.`;
}

/**
 * What covers the face, how likely that is, and what to do.
 *
 * @param value probability that it is covered, 0 to 1
 * @param limit the most that is allowed
 */
export function coverAdvice(cover: ToldCover | null, value: number, limit: number): string {
  const likely = `${percent(value, limit)} likely, limit ${percent(limit)}`;
  return `${coverClause(cover)} (${likely}). ${REMEDIES[cover?.class ?? 'object']}`;
}

/** The part of a cover that lies on some regions; null where none of it does. */
export function coverOn(cover: ToldCover | null, on: readonly FaceRegion[]): ToldCover | null {
  if (cover === null) return null;
  const regions = cover.regions.filter((region) => on.includes(region));
  return regions.length === 0 ? null : { ...cover, regions };
}

function coverClause(cover: ToldCover | null): string {
  if (cover === null) return 'Something covers the face';
  return `${subjectAndVerb(cover)} ${listRegions(cover.regions)}`;
}

function subjectAndVerb({ class: name, regions }: ToldCover): string {
  switch (name) {
    case 'hand':
      return 'A hand covers';
    case 'glasses':
      return 'Dark glasses hide';
    case 'hair':
      return 'Hair covers';
    case 'cloth':
      // A mask is not worn over the eyes alone.
      return regions.some((region) => region === 'mouth' || region === 'nose')
        ? 'A mask or cloth covers'
        : 'Cloth covers';
    case 'object':
      return 'Something covers';
  }
}

/** "the left eye, nose and mouth", but "both eyes, the nose and the mouth". */
function listRegions(regions: readonly FaceRegion[]): string {
  const below = BELOW_THE_EYES.filter((region) => regions.includes(region));
  const eyes = (['leftEye', 'rightEye'] as const).filter((region) => regions.includes(region));
  if (below.length + eyes.length === 0) return 'the face';
  if (eyes.length < 2) return `the ${join([...eyes, ...below].map((region) => REGION_WORDS[region]))}`;
  if (below.length === BELOW_THE_EYES.length) return 'the whole face';
  return join(['both eyes', ...below.map((region) => `the ${REGION_WORDS[region]}`)]);
}

/** "a", "a and b", "a, b and c". */
function join(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
