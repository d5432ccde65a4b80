/** What is wrong with a picture, an option or a policy, in Chinese. */
import type { CORE_DETAILS } from '../../../../errors/core-details.ts';
import { foreignName } from './foreign.ts';
import { listed, type Said } from './said.ts';

const size = ({ width, height }: { readonly width: string; readonly height: string }) =>
  `图片是 ${width} x ${height} 像素`;

export const CORE: Said<typeof CORE_DETAILS> = {
  bytes: ({ length, most }) => `文件有 ${length} 字节，必须小于 ${most} 字节。`,
  format: ({ format, formats }) => `图片格式是 ${format}，只支持：${listed(formats)}。`,
  longEdge: ({ most, ...edges }) => `${size(edges)}，最长边不能超过 ${most} 像素。`,
  shortEdge: ({ least, ...edges }) => `${size(edges)}，最短边至少要有 ${least} 像素。`,
  aspect: ({ aspect, most, ...edges }) => `${size(edges)}，长边是短边的 ${aspect} 倍，最多允许 ${most} 倍。`,
  cutOff: ({ length }) => `文件不完整：只有 ${length} 字节，连图片的文件头都没有读完。`,
  foreign: ({ name }) => `文件是${foreignName(name)}，请改用 JPEG、PNG、BMP 或 WebP。`,
  noOptions: ({ names }) => `选项必须是一个对象，可用的有：${listed(names)}。`,
  noOption: ({ name, names }) =>
    `没有名为 ${name} 的选项，可用的有：${listed(names)}。阈值要写在 "policy" 里。`,
  noPolicy: () => '阈值配置必须是一个对象，写法是“阈值名称：取值”。',
  attribute: () => '属性 "policy" 必须是 JSON，写法是“阈值名称：取值”。',
  noLimit: ({ name, names }) => `没有名为 ${name} 的阈值，可用的有：${listed(names)}。`,
  limitRange: ({ name, least, most }) => `${name} 必须是 ${least} 到 ${most} 的数字。`,
  enforce: ({ names }) => `enforce 必须是一个列表，可用的值：${listed(names)}。`,
  noPreset: ({ shown, names }) =>
    shown === ' of that kind'
      ? `预设的名称必须是字符串，可用的有：${listed(names)}。`
      : `没有名为${shown} 的预设，可用的有：${listed(names)}。`,
};
