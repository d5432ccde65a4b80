import type { CoverClass, FaceRegion } from '../../inspection.ts';
import type { Numbers } from '../numbers.ts';
import type { ToldCover } from '../words.ts';

export const REGIONS: Readonly<Record<FaceRegion, string>> = {
  leftEye: 'left eye',
  rightEye: 'right eye',
  nose: 'nose',
  mouth: 'mouth',
  chin: 'chin',
};

const BELOW_THE_EYES = ['nose', 'mouth', 'chin'] as const satisfies readonly FaceRegion[];

/** What a picture needs where this covers the face. */
const REMEDIES: Readonly<Record<CoverClass, string>> = {
  hand: 'Use a picture with the hands away from the face.',
  glasses: 'Use a picture without dark glasses.',
  hair: 'Use a picture with the hair out of the face.',
  cloth: 'Use a picture without a mask or cloth over the face.',
  object: 'Use a picture with nothing in front of the face.',
};

/** "A hand covers the mouth." */
export function coverSentence(cover: ToldCover | null, numbers: Numbers): string {
  return `${clause(cover, numbers)}.`;
}

/** "A hand very likely covers the mouth (98%, limit 50%). Use a picture …" */
export function coverAdvice(cover: ToldCover | null, value: number, limit: number, numbers: Numbers): string {
  const shown = `${numbers.percent(value, limit)}, limit ${numbers.limit.percent(limit)}`;
  return `${clause(cover, numbers, `${likelihood(value)} `)} (${shown}). ${REMEDIES[cover?.class ?? 'object']}`;
}

/** A probability in words. */
export function likelihood(probability: number): string {
  if (probability >= 0.9) return 'very likely';
  return probability >= 0.6 ? 'probably' : 'possibly';
}

function clause(cover: ToldCover | null, numbers: Numbers, adverb = ''): string {
  if (cover === null) return `Something ${adverb}covers the face`;
  const verb = cover.class === 'glasses' ? 'hide' : 'covers';
  return `${thing(cover)} ${adverb}${verb} ${listRegions(cover.regions, numbers)}`;
}

function thing({ class: name, regions }: ToldCover): string {
  switch (name) {
    case 'hand':
      return 'A hand';
    case 'glasses':
      return 'Dark glasses';
    case 'hair':
      return 'Hair';
    case 'cloth':
      // A mask is not worn over the eyes alone.
      return regions.some((region) => region === 'mouth' || region === 'nose') ? 'A mask or cloth' : 'Cloth';
    case 'object':
      return 'Something';
  }
}

/** "the left eye, nose and mouth", but "both eyes, the nose and the mouth". */
function listRegions(regions: readonly FaceRegion[], { list }: Numbers): string {
  const below = BELOW_THE_EYES.filter((region) => regions.includes(region));
  const eyes = (['leftEye', 'rightEye'] as const).filter((region) => regions.includes(region));
  if (below.length + eyes.length === 0) return 'the face';
  if (eyes.length < 2) return `the ${list([...eyes, ...below].map((region) => REGIONS[region]))}`;
  if (below.length === BELOW_THE_EYES.length) return 'the whole face';
  return list(['both eyes', ...below.map((region) => `the ${REGIONS[region]}`)]);
}
