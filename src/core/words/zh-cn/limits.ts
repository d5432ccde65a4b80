/** What each limit decides and where its default is from, in Chinese. */
import type { LimitDefinition, LimitName } from '../../checks/limits.ts';

const CALIBRATED = '校准过的分类头的中间点，见 MODEL_CARD.md。';
const OFF = '不限：LivePortrait 没有这项要求。有要求的生成模型见 docs/presets.md。';

export const LIMITS_IN_CHINESE: Readonly<Record<LimitName, Pick<LimitDefinition, 'meaning' | 'source'>>> = {
  minFace: { meaning: '没有任何部分比这更像人脸时，就当作没有人脸，其余不再说明。', source: CALIBRATED },
  minHuman: {
    meaning: '看起来像脸，但是人脸的概率低于这个值，就不算人脸。',
    source:
      '留出的 1,000 张已标注的可用或裁得很近的人脸里，995 张高于它；被检测器当成脸的动物、玩偶和物品，100 个里有 15 个高于它，其中大多数由别的检查拒绝。',
  },
  minFaceWidth: {
    meaning: '按 LivePortrait 的处理尺寸（长边最多 1280）计算的人脸宽度。',
    source:
      'LivePortrait 取 2.3 个脸宽的区域，缩放到 256 像素，对应 111 像素的脸；小于它的一半，就要放大两倍以上。',
  },
  minFaceShare: {
    meaning: '人脸宽度与图片长边之比。',
    source: 'LivePortrait 自带的示例最小 14 %，已标注的可用人像最小 24 %；已标注的场景和全身照低于 10 %。',
  },
  maxYaw: {
    meaning: '头向左或向右转的角度。',
    source: '已标注的照片：60 度是侧脸，35 度不是；阈值离两边一样远。',
  },
  maxProfile: { meaning: '侧脸的概率高于这个值就拒绝，不管转头角度看起来是多少。', source: CALIBRATED },
  maxPitch: {
    meaning: '抬头或低头的角度。',
    source: '已标注的可用人像都在 25 度以内；再加一半，给估计误差留余地。',
  },
  maxCovered: { meaning: '嘴或鼻被遮挡的概率高于这个值，算有遮挡。', source: CALIBRATED },
  maxEyesCovered: {
    meaning: '双眼都被遮挡的概率高于这个值，算有遮挡；设为 1 则允许墨镜。',
    source: '校准过的分类头的中间点；看不见的眼睛，LivePortrait 没法驱动。',
  },
  maxOutside: { meaning: '人脸框在图片之外的比例。', source: '人脸框的七分之一，大约是一个下巴或一只眼。' },
  maxCutOff: { meaning: '人脸被图片边缘截断的概率高于这个值，算被截断。', source: CALIBRATED },
  maxTurn: {
    meaning: '人脸在画面内旋转的角度，超过就判断图片横放或倒置。',
    source: '小角度由 LivePortrait 自己摆正；已标注的可用人像歪头都不超过 47 度。',
  },
  minDetail: {
    meaning: '人脸内细小亮度变化与粗大亮度变化之比，低于它结果就毁了。',
    source: '977 张已标注的可用人像里，最低是 0.345。约 250 像素的人像用 6 的 sigma 模糊之后，有一半低于它。',
  },
  minSharpness: {
    meaning: '人脸内细小亮度变化与粗大亮度变化之比，低于它时，换一张更清晰的图会更好。',
    source: '100 张已标注的可用人像里，95 张更高。从 64 像素放大的脸约为 0.54，清晰的脸约为 0.62。',
  },
  maxRoll: { meaning: '歪头的角度。', source: '100 张已标注的可用人像里，99 张更小。' },
  minBrightness: {
    meaning: '人脸内的平均亮度。',
    source: '已标注的可用人像在 0.3 到 0.83 之间；阈值在下面再留三分之一。',
  },
  maxBrightness: { meaning: '人脸内的平均亮度。', source: '已标注的可用人像最亮的是 0.83。' },
  minContrast: { meaning: '人脸内亮度的标准差。', source: '1,000 张已标注的可用人像里，998 张大于 0.063。' },
  minEvenness: {
    meaning: '人脸较暗一半与较亮一半的平均亮度之比。',
    source: '1,000 张已标注的可用人像里，998 张大于 0.34。',
  },
  maxBacklight: {
    meaning: '紧挨人脸四周的平均亮度比人脸内高多少。',
    source: '1,000 张已标注的可用人像里，998 张小于 0.3。',
  },
  maxFaces: {
    meaning: '图片里的人脸数；LivePortrait 驱动最大的一张。',
    source: 'LivePortrait 的源码：取最大的一张脸。',
  },
  maxMouthOpening: {
    meaning: '双唇间隙与嘴宽之比。',
    source: '已标注的可用人像：100 张里 75 张小于 0.11，99 张小于 0.26。',
  },
  minEyeOpening: {
    meaning: '闭得较多的那只眼，眼睑间隙与眼宽之比。',
    source: '已标注的可用人像最低是 0.17。',
  },
  minFacePixels: { meaning: '原图里人脸宽度的像素数，用于不先缩小图片的生成模型。', source: OFF },
  minFaceHeight: { meaning: '原图里人脸高度的像素数。', source: OFF },
  minEyeDistance: { meaning: '原图里两眼中心的距离，单位像素。', source: OFF },
  maxFaceShare: { meaning: '人脸宽度与图片长边之比，最多这么大。', source: OFF },
  minShortEdge: { meaning: '图片的短边。', source: OFF },
  maxShape: { meaning: '图片长边与短边之比；1 是正方形。', source: OFF },
  maxHandShare: { meaning: '脸颊、额头、眼、鼻或嘴有多大比例看起来像手的皮肤，最多这么大。', source: OFF },
  minHips: { meaning: '两侧胯部都在图片里的把握，即画面至少有半身。', source: OFF },
  maxMissingBytes: {
    meaning: '文件末尾缺的字节数，缺的部分不含任何像素。',
    source: 'JPEG 以两个字节结束（ITU-T T.81，B.1.1.3）；浏览器没有它也能读，有些程序不能。',
  },
};
