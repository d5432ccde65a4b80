/** What was wrong with this very call or picture, in Chinese. What is not listed stays as it is. */
import type { ForeignName } from '../../../core/image/foreign-format.ts';
import { COMMAND_DETAILS } from '../../../errors/command-details.ts';
import { CORE_DETAILS } from '../../../errors/core-details.ts';
import { type PlacesOf, valuesOf } from '../../../errors/fill.ts';

/** The more exact ones stand first: "The file …" is meant before "{called} …". */
const ENGLISH = { ...CORE_DETAILS, ...COMMAND_DETAILS } as const;

type Said = {
  readonly [Name in keyof typeof ENGLISH]: (
    values: Readonly<Record<PlacesOf<(typeof ENGLISH)[Name]>, string>>,
  ) => string;
};

/** What kind of thing stands where a file should. */
const KINDS: Readonly<Record<string, string>> = {
  'a folder': '文件夹',
  'a pipe': '管道',
  'a socket': '套接字',
  'a device': '设备',
};

const FOREIGN: Readonly<Record<ForeignName, string>> = {
  'a GIF': ' GIF',
  'a PDF': ' PDF',
  'a TIFF or a camera’s raw picture': ' TIFF 或相机 RAW 图片',
  'a BigTIFF': ' BigTIFF',
  'a Photoshop document': ' Photoshop 文档',
  'a JPEG XL': ' JPEG XL',
  'a JPEG 2000': ' JPEG 2000',
  'an icon (ICO)': ' ICO 图标',
  'a ZIP archive or an office document': ' ZIP 压缩包或 Office 文档',
  'compressed with gzip': ' gzip 压缩文件',
  'a WebM or Matroska video': ' WebM 或 Matroska 视频',
  'an AVI video': ' AVI 视频',
  'a WAV recording': ' WAV 音频',
  'an MP3 recording': ' MP3 音频',
  'an Ogg recording or video': ' Ogg 音频或视频',
  'a Flash video': ' Flash 视频',
  'a PostScript document': ' PostScript 文档',
  'a Git LFS pointer': ' Git LFS 指针文件',
  'an AVIF': ' AVIF',
  'an HEIC, as iPhones make them': ' HEIC（iPhone 默认的照片格式）',
  'an HEIF': ' HEIF',
  'a camera’s raw picture (CR3)': '相机 RAW 图片（CR3）',
  'a QuickTime video': ' QuickTime 视频',
  'a 3GPP video': ' 3GPP 视频',
  'an M4A recording': ' M4A 音频',
  'an MP4 video': ' MP4 视频',
  'a web page': '网页',
  'an XML document': ' XML 文档',
  'a JSON document': ' JSON 文档',
  'an SVG': ' SVG',
};

/** Texts that a call names, as they are called in front of their path. */
const TEXTS: readonly (readonly [english: string, chinese: string])[] = [
  ['The list of addresses ', '地址列表 '],
  ['The policy file ', '阈值配置文件 '],
  ['The manifest ', '标注文件 '],
  ['The floor ', '下限文件 '],
  ['The list ', '列表 '],
];

function called(english: string): string {
  const found = TEXTS.find(([start]) => english.startsWith(start));
  return found === undefined ? english : `${found[1]}${english.slice(found[0].length)}`;
}

const size = ({ width, height }: { readonly width: string; readonly height: string }) =>
  `图片是 ${width} x ${height} 像素`;

const SAID: Said = {
  bytes: ({ length, most }) => `文件有 ${length} 字节，必须小于 ${most} 字节。`,
  format: ({ format, formats }) => `图片格式是 ${format}，只支持：${formats}。`,
  longEdge: ({ most, ...edges }) => `${size(edges)}，最长边不能超过 ${most} 像素。`,
  shortEdge: ({ least, ...edges }) => `${size(edges)}，最短边至少要有 ${least} 像素。`,
  aspect: ({ aspect, most, ...edges }) => `${size(edges)}，长边是短边的 ${aspect} 倍，最多允许 ${most} 倍。`,
  cutOff: ({ length }) => `文件不完整：只有 ${length} 字节，连图片的文件头都没有读完。`,
  foreign: ({ name }) =>
    `文件是${Object.hasOwn(FOREIGN, name) ? FOREIGN[name as ForeignName] : ` ${name}`}，请改用 JPEG、PNG、BMP 或 WebP。`,
  noPolicy: () => '阈值配置必须是一个对象，写法是“阈值名称：取值”。',
  noLimit: ({ name, names }) => `没有名为 ${name} 的阈值，可用的有：${names}。`,
  limitRange: ({ name, least, most }) => `${name} 必须是 ${least} 到 ${most} 的数字。`,
  enforce: ({ names }) => `enforce 必须是一个列表，可用的值：${names}。`,
  noPreset: ({ shown, names }) =>
    shown === ' of that kind'
      ? `预设的名称必须是字符串，可用的有：${names}。`
      : `没有名为${shown} 的预设，可用的有：${names}。`,
  noSuchFile: ({ name }) => `找不到文件或文件夹 ${name}。`,
  noPictures: ({ name }) => `${name} 里没有图片。`,
  matchesNothing: ({ pattern }) => `没有文件与 ${pattern} 匹配。`,
  stdinUnreadable: () => '无法读取标准输入。',
  fileBytes: ({ length, most }) => `文件已达到 ${length} 字节，必须小于 ${most} 字节。`,
  textBytes: ({ called: name, length, most }) =>
    `${called(name)} 已达到 ${length} 字节，必须小于 ${most} 字节。`,
  folderUnreadable: ({ path }) => `无法读取文件夹 ${path}。`,
  unreadable: ({ called: name }) => `无法读取${called(name).replace(/^(?=[!-~])/, ' ')}。`,
  silentPipe: ({ called: name }) => `${called(name)} 是一个管道，但没有程序向它写入。`,
  notAFile: ({ name, kind }) => `${called(name)} 是${KINDS[kind] ?? ` ${kind}`}，不是文件。`,
  outputUnwritable: () => '无法写出结果。',
  unwritable: ({ path }) => `无法写入 ${path}。`,
  taken: ({ path }) => `${path} 已经有另一张图片了。`,
  given: ({ path }) => `${path} 是输入文件之一，输入文件不会被覆盖。`,
  readAndWritten: ({ folder }) => `${folder} 既是输入文件夹又是输出文件夹，请另选一个。`,
  noPictureNamed: () => '没有指定图片：请给出文件、文件夹、URL，或者使用 --urls。',
  oneFolder: () => '监视时只能给出一个文件夹。',
  severalPictures: () => '处理多张图片时，请用 -o 指定输出文件夹。',
  reportSorts: () => '使用 --format html 时，结果就是报告，可以在报告里排序：请去掉 --report 和 --sort。',
  ownFiles: () => '结果和报告不能写进同一个文件。',
  oneGenerator: ({ all }) => `一份报告只能针对一个生成模型：请把 "${all}" 换成它的名称。`,
  policyNotJson: ({ path }) => `阈值配置文件 ${path} 不是有效的 JSON。`,
  nearPreset: ({ name, nearest, names }) =>
    `没有名为 "${name}" 的预设。是不是想写 --for ${nearest}？可用的有：${names}。`,
  notRow: ({ number, path }) => `${path} 的第 ${number} 行不是 "check --json" 的结果。`,
  manifestColumn: ({ name }) => `标注文件的第一行里没有 "${name}" 这一列。`,
  manifestLine: ({ number }) =>
    `标注文件的第 ${number} 行缺少文件名，或者 expected 不是 "pass"、"fail" 或 "either"。`,
  manifestColumns: ({ name, names }) => `标注文件里没有 ${name} 这一列，现有的列：${names}。`,
  noKeyNamed: ({ wanted }) => `没有名称、前缀或 ID 为 "${wanted}" 的 API Key。`,
  keysNamed: ({ count, wanted, ids }) => `有 ${count} 个 API Key 与 "${wanted}" 相符，请改用 ID：${ids}。`,
  noStore: ({ folder }) => `${folder} 里没有数据库。`,
};

/** A detail in Chinese. */
export function detail(english: string): string {
  for (const [name, template] of Object.entries(ENGLISH)) {
    const values = valuesOf(template, english);
    // The values have the places of the template that they were found by.
    if (values !== undefined) return (SAID[name as keyof Said] as (found: typeof values) => string)(values);
  }
  return english;
}
