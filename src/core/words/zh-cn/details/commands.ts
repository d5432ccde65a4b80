/** What is wrong with a call of the command line, or with a file that it names, in Chinese. */
import type { COMMAND_DETAILS } from '../../../../errors/command-details.ts';
import { listed, type Said } from './said.ts';

/** What kind of thing stands where a file should. */
const KINDS: Readonly<Record<string, string>> = {
  'a folder': '文件夹',
  'a pipe': '管道',
  'a socket': '套接字',
  'a device': '设备',
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

export const COMMANDS: Said<typeof COMMAND_DETAILS> = {
  noSuchFile: ({ name }) => `找不到文件或文件夹 ${name}。`,
  noPictures: ({ name }) => `${name} 里没有图片。`,
  matchesNothing: ({ pattern }) => `没有文件与 ${pattern} 匹配。`,
  stdinUnreadable: () => '无法读取标准输入。',
  fileBytes: ({ length, most }) => `文件已达到 ${length} 字节，必须小于 ${most} 字节。`,
  textBytes: ({ called: name, length, most }) =>
    `${called(name)} 已达到 ${length} 字节，必须小于 ${most} 字节。`,
  folderUnreadable: ({ path }) => `无法读取文件夹 ${path}。`,
  watchedGone: ({ folder }) => `文件夹 ${folder} 已不存在，或已被另一个文件夹取代，不再监视。`,
  unreadable: ({ called: name }) => `无法读取${called(name).replace(/^(?=[!-~])/, ' ')}。`,
  notThere: ({ called: name }) => `找不到${called(name).replace(/^(?=[!-~])/, ' ')}。`,
  silentPipe: ({ called: name }) => `${called(name)} 是一个管道，但没有程序向它写入。`,
  notAFile: ({ name, kind }) => `${called(name)} 是${KINDS[kind] ?? ` ${kind}`}，不是文件。`,
  outputUnwritable: () => '无法写出结果。',
  unwritable: ({ path }) => `无法写入 ${path}。`,
  diskFull: ({ path }) => `磁盘已满。${path} 保持原样。`,
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
  policyTextNotJson: () => '--policy 的值看起来是 JSON，但格式不对：在命令行里请用单引号括起来。',
  nearLimit: ({ name, nearest }) => `没有名为 "${name}" 的阈值。是不是想写 ${nearest}？`,
  nearPreset: ({ name, nearest, names }) =>
    `没有名为 "${name}" 的预设。是不是想写 --for ${nearest}？可用的有：${listed(names)}。`,
  notRow: ({ number, path }) => `${path} 的第 ${number} 行不是 "check --json" 的结果。`,
  manifestColumn: ({ name }) => `标注文件的第一行里没有 "${name}" 这一列。`,
  manifestLine: ({ number }) =>
    `标注文件的第 ${number} 行缺少文件名，或者 expected 不是 "pass"、"fail" 或 "either"。`,
  manifestColumns: ({ name, names }) => `标注文件里没有 ${name} 这一列，现有的列：${listed(names)}。`,
  noKeyNamed: ({ wanted }) => `没有名称、前缀或 ID 为 "${wanted}" 的 API Key。`,
  keysNamed: ({ count, wanted, ids }) =>
    `有 ${count} 个 API Key 与 "${wanted}" 相符，请改用 ID：${listed(ids)}。`,
  noStore: ({ folder }) => `${folder} 里没有数据库。`,
  filmName: () => 'ffmpeg 只能打开文件名是 UTF-8 编码的文件。',
  filmSlow: ({ seconds }) => `${seconds} 秒内没有找到任何一帧。`,
  filmFrames: ({ line }) => `ffmpeg 没有找到任何一帧，它的输出是：${line}`,
  thereAlready: ({ path }) => `${path} 已存在，不会被覆盖。`,
  notFile: ({ path }) => `${path} 不是文件。`,
  serverKey: ({ variable }) =>
    `没有 API Key：请设置 ${variable}，或使用 --key。API Key 由服务的管理者创建：npx liveportrait-detect keys create --name <名称>。`,
  noTemporary: () => '无法在临时文件夹里保存结果行。',
  notResult: ({ path }) => `${path} 的最后一行不是任务的结果。`,
  longList: ({ most }) => `地址列表超过 ${most} 字节，请拆成几份。`,
  nearVariable: ({ unknown, near }) =>
    `设置了 ${unknown}，但本程序没有这个变量。是不是想写 ${near.split(' or ').join(' 或 ')}？`,
  noVariable: ({ unknown, prefix }) =>
    `设置了 ${unknown}，但本程序没有这个变量。凡是以 ${prefix} 开头的变量都会被读取，请换一个名称。`,
  floors: ({ detail }) =>
    `下限文件无法读取。${detail === 'It is not JSON.' ? '内容不是有效的 JSON。' : detail}`,
  notFolder: ({ folder }) => `${folder} 不是文件夹。`,
  noFileToRead: ({ path }) => `没有可以读取的文件 ${path}。`,
  noFolder: ({ path }) => `没有文件夹 ${path}。`,
  noFolderAllowed: () => '没有允许访问的文件夹。请由运行本服务的人用 --allow 指定。',
  outsideFolders: ({ folders }) => `路径不在允许访问的文件夹内：${folders}。`,
  notPath: () => '这不是文件路径。',
};
