import type { Words } from '../words.ts';

type Labels = Pick<Words, 'reasons' | 'qualityParts' | 'coverClasses'>;

/** Names of things, in Chinese. */
export const LABELS: Labels = {
  reasons: {
    'face.none': '没有人脸',
    'face.small': '人脸太小',
    'face.profile': '侧脸',
    'face.turned': '图片横放或倒置',
    'face.tilted': '抬头或低头过大',
    'face.obstructed': '人脸有遮挡',
    'face.cut_off': '人脸被截断',
    'face.blurred': '人脸模糊',
    'face.large': '人脸太大',
    'image.small': '图片太小',
    'image.shape': '图片比例不对',
    'body.cut_off': '不到半身',
    'face.soft': '人脸略模糊',
    'face.leaning': '歪头',
    'face.dark': '人脸过暗',
    'face.bright': '人脸过亮',
    'face.flat': '对比度低',
    'face.one_sided': '光线偏向一侧',
    'face.backlit': '逆光',
    'face.several': '多张人脸',
    'face.mouth_open': '张嘴',
    'face.eyes_closed': '闭眼',
    'image.repaired': '文件末尾缺字节',
  },
  qualityParts: {
    human: '是人脸',
    frontal: '正对镜头',
    clear: '没有遮挡',
    whole: '人脸完整',
    sharp: '清晰',
    large: '足够大',
    level: '头部端正',
    eyes: '睁眼',
    mouth: '闭嘴',
    lit: '光线好',
    alone: '附近没有别的脸',
  },
  coverClasses: {
    hand: '手',
    glasses: '墨镜',
    hair: '头发',
    cloth: '口罩或布料',
    object: '其他东西',
  },
};
