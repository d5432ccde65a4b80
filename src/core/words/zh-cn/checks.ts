import type { Numbers } from '../numbers.ts';
import type { CheckWords } from '../words.ts';
import { coverAdvice, likelihood } from './cover.ts';

/** What is said of each check, in Chinese. */
export function checksIn(numbers: Numbers): CheckWords {
  const { number, percent, degrees, limit: set } = numbers;
  const ofLimit = {
    number: (limit: number) => `（阈值 ${set.number(limit)}）`,
    percent: (limit: number) => `（阈值 ${set.percent(limit)}）`,
    degrees: (limit: number) => `（阈值 ${set.degrees(limit)}）`,
    px: (limit: number) => `（阈值 ${set.number(limit)} 像素）`,
  };
  /** Whole pixels: what is short of one is not there. */
  const px = (value: number) => `${number(Math.floor(value))} 像素`;
  const covered: CheckWords['visible']['advice'] = (value, limit, cover) =>
    coverAdvice(cover, value, limit, numbers);
  return {
    face: {
      name: '检测到人脸',
      meaning: '图片里有人脸的可能性。低于阈值时，不再检测其他项。',
      advice: (value, limit, isThere) =>
        isThere
          ? `最像人脸的部分${beHuman(value)}人脸（${percent(value, limit)}，阈值 ${set.percent(limit)}）。请换一张单人正脸图片。`
          : '没有检测到人脸。请换一张单人正脸图片。',
    },
    frontal: {
      name: '侧脸',
      meaning: '是侧脸的可能性。',
      advice: (value, limit) =>
        `${likelihood(value)}是侧脸（${percent(value, limit)}，阈值 ${set.percent(limit)}）。请换一张正脸图片，双眼和两侧脸颊都要露出来。`,
    },
    human: {
      name: '是人脸',
      meaning: '是人脸的可能性，照片、绘画、雕塑都算。动物和玩偶低于阈值。',
      advice: (value, limit) =>
        `这张脸${beHuman(value)}人脸（${percent(value, limit)}，阈值 ${set.percent(limit)}）。请换一张人像图片。`,
    },
    uncut: {
      name: '被边缘截断',
      meaning: '人脸被图片边缘截断的可能性。',
      advice: (value, limit) =>
        `人脸${likelihood(value)}被画面边缘截断（${percent(value, limit)}，阈值 ${set.percent(limit)}）。请换一张人脸完整的图片。`,
    },
    share: {
      name: '人脸占比',
      meaning: '人脸宽度占图片长边的比例。',
      advice: (value, limit, isEnough) =>
        `人脸宽度只占图片长边的 ${percent(value, limit)}${ofLimit.percent(limit)}。${enlarge(isEnough)}`,
    },
    upright: {
      name: '图片横放或倒置',
      meaning: '人脸在画面里旋转的角度。超过阈值时，图片是横放或倒置的。',
      advice: (value, limit, turns) =>
        `人脸转了 ${degrees(value, limit)}${ofLimit.degrees(limit)}。请把图片${turns === 2 ? '旋转 180°' : `向${turns === 1 ? '右' : '左'}旋转 90°`}。`,
    },
    pitch: {
      name: '抬头或低头',
      meaning: '抬头或低头的角度。',
      advice: (value, limit, looks) =>
        `${looks === 'up' ? '抬头' : '低头'} ${degrees(value, limit)}${ofLimit.degrees(limit)}。请换一张平视拍摄的图片。`,
    },
    visible: {
      name: '人脸遮挡',
      meaning: '嘴或鼻子有遮挡的可能性。',
      advice: covered,
    },
    eyes_visible: {
      name: '双眼遮挡',
      meaning: '双眼都有遮挡（例如墨镜）的可能性。',
      advice: covered,
    },
    hand: {
      name: '手碰到脸',
      meaning: '人脸上像是手部皮肤的比例。',
      advice: (value, limit) =>
        `手好像碰到了脸：挡住了某个部位的 ${percent(value, limit)}${ofLimit.percent(limit)}。请换一张手离开脸的图片。`,
    },
    size: {
      name: '人脸大小',
      meaning: '图片缩放到 LivePortrait 的处理尺寸（最长边 1280 像素）后，人脸的宽度。',
      advice: (value, limit, width) =>
        `按 LivePortrait 的处理尺寸，人脸宽 ${px(value)}${ofLimit.px(limit)}。${enlarge(width >= limit)}`,
    },
    pixels: {
      name: '人脸宽度',
      meaning: '人脸在原图里的宽度。',
      advice: (value, limit) => `人脸宽 ${px(value)}${ofLimit.px(limit)}。请换一张更大的图片。`,
    },
    height: {
      name: '人脸高度',
      meaning: '人脸在原图里的高度。',
      advice: (value, limit) => `人脸高 ${px(value)}${ofLimit.px(limit)}。请换一张更大的图片。`,
    },
    eye_distance: {
      name: '两眼间距',
      meaning: '两眼中心在原图里的距离。',
      advice: (value, limit) => `两眼相距 ${px(value)}${ofLimit.px(limit)}。请换一张更大的图片。`,
    },
    yaw: {
      name: '转头',
      meaning: '头向左或向右转的角度。',
      advice: (value, limit) =>
        `头向一侧转了 ${degrees(value, limit)}${ofLimit.degrees(limit)}。请换一张正脸图片，双眼和两侧脸颊都要露出来。`,
    },
    inside: {
      name: '在画面之外',
      meaning: '人脸在画面之外的比例。',
      advice: (value, limit) =>
        `人脸有 ${percent(value, limit)} 在画面之外${ofLimit.percent(limit)}。请换一张人脸完整的图片。`,
    },
    detail: {
      name: '细节',
      meaning: '人脸的细节多少。低于阈值时，人脸是模糊的。',
      advice: (value, limit) =>
        `人脸太模糊：清晰度 ${number(value, limit)}${ofLimit.number(limit)}。请换一张更清晰的图片，小图放大没有用。`,
    },
    fill: {
      name: '人脸周围留白',
      meaning: '人脸宽度占图片长边的比例。高于阈值时，周围留白太少。',
      advice: (value, limit) =>
        `人脸宽度占图片长边的 ${percent(value, limit)}${ofLimit.percent(limit)}。请换一张人脸周围留白更多的图片。`,
    },
    edge: {
      name: '图片尺寸',
      meaning: '图片短边的长度。',
      advice: (value, limit) => `图片短边 ${px(value)}${ofLimit.px(limit)}。请换一张更大的图片。`,
    },
    shape: {
      name: '图片比例',
      meaning: '图片长边与短边之比，正方形为 1。',
      advice: (value, limit) =>
        `图片长边是短边的 ${number(value, limit)} 倍${ofLimit.number(limit)}。请围绕人脸裁成正方形。`,
    },
    sharpness: {
      name: '清晰度',
      meaning: '人脸的清晰程度。低于阈值时，换更清晰的图片效果更好。',
      advice: (value, limit) =>
        `人脸略模糊：清晰度 ${number(value, limit)}${ofLimit.number(limit)}。图片更清晰，效果会更好。`,
    },
    roll: {
      name: '歪头',
      meaning: '头向肩膀一侧倾斜的角度。',
      advice: (value, limit) =>
        `歪头 ${degrees(value, limit)}${ofLimit.degrees(limit)}。请换一张头部端正的图片，或把这张转正。`,
    },
    brightness: {
      name: '亮度下限',
      meaning: '人脸的平均亮度。低于阈值时过暗。',
      advice: (value, limit) =>
        `人脸过暗：亮度 ${percent(value, limit)}${ofLimit.percent(limit)}。请调亮图片，或换一张脸上光线更足的图片。`,
    },
    exposure: {
      name: '亮度上限',
      meaning: '人脸的平均亮度。高于阈值时过亮。',
      advice: (value, limit) =>
        `人脸过亮：亮度 ${percent(value, limit)}${ofLimit.percent(limit)}。请换一张脸上光线弱一些的图片。`,
    },
    contrast: {
      name: '对比度',
      meaning: '人脸上明暗的差别。',
      advice: (value, limit) =>
        `人脸对比度低：${percent(value, limit)}${ofLimit.percent(limit)}。请提高对比度，或换一张不发灰的图片。`,
    },
    evenness: {
      name: '光线均匀',
      meaning: '人脸较暗一半与较亮一半的亮度比。',
      advice: (value, limit) =>
        `光线偏向一侧：较暗半边脸的亮度是另一半的 ${percent(value, limit)}${ofLimit.percent(limit)}。请换一张正面受光的图片。`,
    },
    backlight: {
      name: '逆光',
      meaning: '人脸周围的背景比人脸亮多少。',
      advice: (value, limit) =>
        `逆光：背景比人脸亮 ${percent(value, limit)}${ofLimit.percent(limit)}。请让脸朝向光源。`,
    },
    count: {
      name: '人脸数量',
      meaning: '人脸数量。LivePortrait 只驱动最大的一张。',
      advice: (value, limit) =>
        `图片里有 ${number(value)} 张人脸${ofLimit.number(limit)}。LivePortrait 驱动最大的那张。请裁剪到你要的那张脸。`,
    },
    hips: {
      name: '半身入镜',
      meaning: '两侧胯部都在画面里的可信程度。',
      advice: (value, limit) =>
        `画面里几乎看不到胯部：得分 ${number(value, limit)}${ofLimit.number(limit)}。请换一张拍到胯部以下的图片。`,
    },
    mouth: {
      name: '张嘴',
      meaning: '张嘴的程度，与嘴宽相比。',
      advice: (value, limit) =>
        `张嘴：开口是嘴宽的 ${percent(value, limit)}${ofLimit.percent(limit)}。请换一张嘴部放松、闭合的图片。`,
    },
    eyes: {
      name: '睁眼',
      meaning: '睁眼的程度，与眼宽相比，取睁得较小的一只。',
      advice: (value, limit) =>
        `眼睛几乎闭着：睁开程度是眼宽的 ${percent(value, limit)}${ofLimit.percent(limit)}。请换一张睁眼的图片。`,
    },
    whole: {
      name: '文件完整',
      meaning: '文件末尾缺少的字节数。',
      advice: (value, limit) =>
        `文件末尾缺 ${number(value)} 字节${ofLimit.number(limit)}，但画面完整。请重新保存图片，有些程序不接受这样的文件。`,
    },
  };
}

/** Whether a thing is human, by the probability that it is. */
function beHuman(probability: number): string {
  if (probability >= 0.6) return '大概是';
  if (probability >= 0.4) return '不一定是';
  return probability >= 0.1 ? '大概不是' : '几乎肯定不是';
}

/** How a face becomes larger: by a crop where its pixels are enough, by nothing but another picture where they are not. */
function enlarge(isEnough: boolean): string {
  return isEnough ? '请裁得离人脸近一些。' : '请换一张人脸像素更多的图片，裁剪解决不了。';
}
