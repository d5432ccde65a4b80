import type { PageWords } from './words.ts';

/** What each part of the quality measures, in Chinese. */
export const QUALITY_MEANINGS_ZH_CN: PageWords['facts']['qualityMeanings'] = {
  human: '是人脸的可能性达到 95% 为满分，低于 40% 为 0。',
  frontal: '正对镜头为满分，侧转 60° 或俯仰 45° 为 0。',
  clear: '人脸没有任何遮挡为满分。',
  whole: '人脸全部在画面里为满分，有五分之一在画面之外为 0。',
  sharp: '清晰度达到 0.60 为满分，低于 0.30 为 0。',
  large: '人脸宽度达到 144 像素、占长边 18% 为满分，40 像素或 8% 为 0。',
  level: '头部端正为满分，歪头 60° 为 0。',
  eyes: '双眼都睁开且看得清为满分。',
  mouth: '嘴闭合且看得清为满分。',
  lit: '光线足够、均匀且不逆光为满分。',
  alone: '附近没有别的脸为满分。',
};
