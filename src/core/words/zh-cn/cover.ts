import type { CoverClass, FaceRegion } from '../../inspection.ts';
import type { Numbers } from '../numbers.ts';
import type { ToldCover } from '../words.ts';

export const REGIONS: Readonly<Record<FaceRegion, string>> = {
  leftEye: '左眼',
  rightEye: '右眼',
  nose: '鼻子',
  mouth: '嘴',
  chin: '下巴',
};

const BELOW_THE_EYES = ['nose', 'mouth', 'chin'] as const satisfies readonly FaceRegion[];

/** What a picture needs where this covers the face. */
const REMEDIES: Readonly<Record<CoverClass, string>> = {
  hand: '请换一张手不挡脸的图片。',
  glasses: '请换一张不戴墨镜的图片。',
  hair: '请换一张头发不挡脸的图片。',
  cloth: '请换一张不戴口罩、没有布料挡脸的图片。',
  object: '请换一张脸前没有东西的图片。',
};

/** "手遮挡了嘴。" */
export function coverSentence(cover: ToldCover | null, numbers: Numbers): string {
  const isUnknown = cover === null || cover.class === 'object';
  return `${isUnknown ? '有' : ''}${clause(cover, numbers)}。`;
}

/** "很可能有手遮挡了嘴（98%，阈值 50%）。请换一张……" */
export function coverAdvice(cover: ToldCover | null, value: number, limit: number, numbers: Numbers): string {
  const shown = `${numbers.percent(value, limit)}，阈值 ${numbers.limit.percent(limit)}`;
  return `${likelihood(value)}有${clause(cover, numbers)}（${shown}）。${REMEDIES[cover?.class ?? 'object']}`;
}

/** A probability in words. */
export function likelihood(probability: number): string {
  if (probability >= 0.9) return '很可能';
  return probability >= 0.6 ? '大概' : '也许';
}

function clause(cover: ToldCover | null, numbers: Numbers): string {
  if (cover === null) return '东西遮挡了人脸';
  return `${thing(cover)}遮挡了${listRegions(cover.regions, numbers)}`;
}

function thing({ class: name, regions }: ToldCover): string {
  switch (name) {
    case 'hand':
      return '手';
    case 'glasses':
      return '墨镜';
    case 'hair':
      return '头发';
    case 'cloth':
      // A mask is not worn over the eyes alone.
      return regions.some((region) => region === 'mouth' || region === 'nose') ? '口罩或布料' : '布料';
    case 'object':
      return '东西';
  }
}

function listRegions(regions: readonly FaceRegion[], { list }: Numbers): string {
  const below = BELOW_THE_EYES.filter((region) => regions.includes(region));
  const eyes = (['leftEye', 'rightEye'] as const).filter((region) => regions.includes(region));
  if (below.length + eyes.length === 0) return '人脸';
  if (eyes.length < 2) return list([...eyes, ...below].map((region) => REGIONS[region]));
  if (below.length === BELOW_THE_EYES.length) return '整张脸';
  return list(['双眼', ...below.map((region) => REGIONS[region])]);
}
