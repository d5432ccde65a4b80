import type { Numbers } from '../numbers.ts';
import type { AdviceWords } from '../words.ts';
import { coverAdvice, likelihood } from './cover.ts';

/** The advice of all checks, in Chinese. */
export function adviceIn(numbers: Numbers): AdviceWords {
  const { number, percent, degrees, limit: set } = numbers;
  const ofLimit = {
    number: (limit: number) => `（阈值 ${set.number(limit)}）`,
    percent: (limit: number) => `（阈值 ${set.percent(limit)}）`,
    degrees: (limit: number) => `（阈值 ${set.degrees(limit)}）`,
    px: (limit: number) => `（阈值 ${set.number(limit)} 像素）`,
  };
  /** Whole pixels: what is short of one is not there. */
  const px = (value: number) => `${number(Math.floor(value))} 像素`;
  const covered: AdviceWords['visible'] = (value, limit, cover) => coverAdvice(cover, value, limit, numbers);
  return {
    face: (value, limit, isThere) =>
      isThere
        ? `最像人脸的部分${beHuman(value)}人脸（${percent(value, limit)}，阈值 ${set.percent(limit)}）。请换一张单人正脸图片。`
        : '没有检测到人脸。请换一张单人正脸图片。',
    frontal: (value, limit) =>
      `${likelihood(value)}是侧脸（${percent(value, limit)}，阈值 ${set.percent(limit)}）。请换一张正脸图片，双眼和两侧脸颊都要露出来。`,
    human: (value, limit) =>
      `这张脸${beHuman(value)}人脸（${percent(value, limit)}，阈值 ${set.percent(limit)}）。请换一张人像图片。`,
    uncut: (value, limit) =>
      `人脸${likelihood(value)}被画面边缘截断（${percent(value, limit)}，阈值 ${set.percent(limit)}）。请换一张人脸完整的图片。`,
    share: (value, limit) =>
      `人脸宽度只占图片长边的 ${percent(value, limit)}${ofLimit.percent(limit)}。请裁得离人脸近一些。`,
    upright: (value, limit, turns) =>
      `人脸转了 ${degrees(value, limit)}${ofLimit.degrees(limit)}。请把图片${turns === 2 ? '旋转 180°' : `向${turns === 1 ? '右' : '左'}旋转 90°`}。`,
    pitch: (value, limit, looks) =>
      `${looks === 'up' ? '抬头' : '低头'} ${degrees(value, limit)}${ofLimit.degrees(limit)}。请换一张平视拍摄的图片。`,
    visible: covered,
    eyes_visible: covered,
    hand: (value, limit) =>
      `手好像碰到了脸：挡住了某个部位的 ${percent(value, limit)}${ofLimit.percent(limit)}。请换一张手离开脸的图片。`,
    size: (value, limit) =>
      `按 LivePortrait 的处理尺寸，人脸宽 ${px(value)}${ofLimit.px(limit)}。请裁得近一些，或换一张更大的图片。`,
    pixels: (value, limit) => `人脸宽 ${px(value)}${ofLimit.px(limit)}。请换一张更大的图片。`,
    height: (value, limit) => `人脸高 ${px(value)}${ofLimit.px(limit)}。请换一张更大的图片。`,
    eye_distance: (value, limit) => `两眼相距 ${px(value)}${ofLimit.px(limit)}。请换一张更大的图片。`,
    yaw: (value, limit) =>
      `头向一侧转了 ${degrees(value, limit)}${ofLimit.degrees(limit)}。请换一张正脸图片，双眼和两侧脸颊都要露出来。`,
    inside: (value, limit) =>
      `人脸有 ${percent(value, limit)} 在画面之外${ofLimit.percent(limit)}。请换一张人脸完整的图片。`,
    detail: (value, limit) =>
      `人脸太模糊：清晰度 ${number(value, limit)}${ofLimit.number(limit)}。请换一张更清晰的图片，小图放大没有用。`,
    fill: (value, limit) =>
      `人脸宽度占图片长边的 ${percent(value, limit)}${ofLimit.percent(limit)}。请换一张人脸周围留白更多的图片。`,
    edge: (value, limit) => `图片短边 ${px(value)}${ofLimit.px(limit)}。请换一张更大的图片。`,
    shape: (value, limit) =>
      `图片长边是短边的 ${number(value, limit)} 倍${ofLimit.number(limit)}。请围绕人脸裁成正方形。`,
    sharpness: (value, limit) =>
      `人脸略模糊：清晰度 ${number(value, limit)}${ofLimit.number(limit)}。图片更清晰，效果会更好。`,
    roll: (value, limit) =>
      `歪头 ${degrees(value, limit)}${ofLimit.degrees(limit)}。请换一张头部端正的图片，或把这张转正。`,
    brightness: (value, limit) =>
      `人脸过暗：亮度 ${percent(value, limit)}${ofLimit.percent(limit)}。请调亮图片，或换一张脸上光线更足的图片。`,
    exposure: (value, limit) =>
      `人脸过亮：亮度 ${percent(value, limit)}${ofLimit.percent(limit)}。请换一张脸上光线弱一些的图片。`,
    contrast: (value, limit) =>
      `人脸对比度低：${percent(value, limit)}${ofLimit.percent(limit)}。请提高对比度，或换一张不发灰的图片。`,
    evenness: (value, limit) =>
      `光线偏向一侧：较暗半边脸的亮度是另一半的 ${percent(value, limit)}${ofLimit.percent(limit)}。请换一张正面受光的图片。`,
    backlight: (value, limit) =>
      `逆光：背景比人脸亮 ${percent(value, limit)}${ofLimit.percent(limit)}。请让脸朝向光源。`,
    count: (value, limit) =>
      `图片里有 ${number(value)} 张人脸${ofLimit.number(limit)}。LivePortrait 驱动最大的那张。请裁剪到你要的那张脸。`,
    hips: (value, limit) =>
      `画面里几乎看不到胯部：得分 ${number(value, limit)}${ofLimit.number(limit)}。请换一张拍到胯部以下的图片。`,
    mouth: (value, limit) =>
      `张嘴：开口是嘴宽的 ${percent(value, limit)}${ofLimit.percent(limit)}。请换一张嘴部放松、闭合的图片。`,
    eyes: (value, limit) =>
      `眼睛几乎闭着：睁开程度是眼宽的 ${percent(value, limit)}${ofLimit.percent(limit)}。请换一张睁眼的图片。`,
    whole: (value, limit) =>
      `文件末尾缺 ${number(value)} 字节${ofLimit.number(limit)}，但画面完整。请重新保存图片，有些程序不接受这样的文件。`,
  };
}

/** Whether a thing is human, by the probability that it is. */
function beHuman(probability: number): string {
  if (probability >= 0.6) return '大概是';
  if (probability >= 0.4) return '不一定是';
  return probability >= 0.1 ? '大概不是' : '几乎肯定不是';
}
