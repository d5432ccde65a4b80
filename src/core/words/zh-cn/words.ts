import { numbersIn } from '../numbers.ts';
import { ofChecks } from '../of-checks.ts';
import type { Words } from '../words.ts';
import { checksIn } from './checks.ts';
import { coverSentence, REGIONS } from './cover.ts';
import { LABELS } from './labels.ts';
import { repairIn } from './repair.ts';

const NUMBERS = numbersIn('zh-CN');
const { number, percent, degrees, limit: set } = NUMBERS;
const CHECKS = checksIn(NUMBERS);

/** The words in Chinese, as it is written in mainland China. */
export const ZH_CN: Words = {
  ...LABELS,
  join: (sentences) => sentences.join(''),
  checks: ofChecks(CHECKS, 'name'),
  meanings: ofChecks(CHECKS, 'meaning'),
  advice: ofChecks(CHECKS, 'advice'),
  notSure: '结果不完全确定，请自己看一下图片。',
  passNotSure: (id, value, limit) =>
    `“${CHECKS[id].name}”通过，但结果不完全确定（${percent(value, limit)}，阈值 ${set.percent(limit)}），请自己看一下图片。`,
  coverSentence: (cover) => coverSentence(cover, NUMBERS),
  regions: REGIONS,
  repair: repairIn(NUMBERS),
  quality: {
    inProfile: '是侧脸。',
    human: (probability) => `是人脸的可能性为 ${percent(probability)}。`,
    turned: (angle) => `头向一侧转了 ${degrees(angle)}。`,
    tilted: (angle, looks) => `${looks === 'up' ? '抬头' : '低头'} ${degrees(angle)}。`,
    maybeCovered: '人脸可能有遮挡。',
    handNear: '手碰到了脸。',
    outside: (share) => `人脸有 ${percent(share)} 在画面之外。`,
    maybeCut: '人脸可能被画面边缘截断。',
    notSharp: (sharpness) => `人脸不够清晰：${sharpness.toFixed(2)}，0.60 才算清晰。`,
    fewPixels: (width) => `按 LivePortrait 的处理尺寸，人脸只有 ${number(Math.floor(width))} 像素宽。`,
    smallInPicture: '人脸在画面中偏小。',
    leaning: (angle) => `歪头 ${degrees(angle)}。`,
    eyesNarrow: (opening) => `眼睛睁开的程度只有眼宽的 ${percent(opening)}。`,
    eyesHidden: '双眼没有都看清楚。',
    mouthOpen: (opening) => `张嘴：开口是嘴宽的 ${percent(opening)}。`,
    mouthHidden: '嘴部看不清楚。',
    dark: '人脸偏暗。',
    bright: '人脸很亮。',
    flat: '光线平淡。',
    oneSided: '光线偏向一侧。',
    backlit: '逆光。',
    crowded: '附近有别的脸。',
  },
};
