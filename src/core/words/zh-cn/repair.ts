import type { Numbers } from '../numbers.ts';
import type { CropReason, RepairWords, ToldSize } from '../words.ts';
import { generatorBefore } from './generators.ts';

/** What a repair did, in Chinese. */
export function repairIn({ number, degrees }: Numbers): RepairWords {
  const size = ({ width, height }: ToldSize) => `${width} x ${height} 像素`;
  return {
    converted: (format) => `已从 ${format} 转换，这种格式不支持。`,
    turned: (turns) =>
      `已${turns === 2 ? '' : `向${turns === 1 ? '右' : '左'}`}旋转 ${degrees(turns === 2 ? 180 : 90)}：人脸没有摆正。`,
    oriented: (orientation) => `已转正：不是所有程序都识别 EXIF 方向 ${orientation}。`,
    cropped: (from, to, why) => `已从 ${size(from)}裁剪为 ${size(to)}：${because(why)}。`,
    scaled: (to, edge, generator) =>
      `已缩放到 ${size(to)}：${generator === null ? `边长不能超过 ${number(edge)} 像素` : `${generatorBefore(generator)}的处理尺寸是 ${number(edge)} 像素`}。`,
    compressed: (bytes, tooMany) =>
      `已压缩：原文件 ${number(bytes)} 字节，必须小于 ${number(tooMany)} 字节。`,
    compressedTo: (to, quality, tooMany) =>
      `已压缩到 ${size(to)}${quality === null ? '' : `，质量 ${quality}`}：文件必须小于 ${number(tooMany)} 字节。`,
    notApart: '这张脸离一张更大的脸太近，无法单独裁出。请换一张这个人的图片。',
  };
}

function because(why: CropReason): string {
  switch (why) {
    case 'small':
      return '人脸在原图中太小';
    case 'other':
      return '原图中有一张更大的脸';
    case 'long':
      return '原图长边超过短边的两倍';
    default:
      return `${generatorBefore(why.generator)}最适合用这部分画面`;
  }
}
