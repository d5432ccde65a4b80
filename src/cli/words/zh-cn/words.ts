import { numbersIn } from '../../../core/words/numbers.ts';
import type { CliWords } from '../words.ts';
import { HELP } from './help.ts';
import { OPTION_TEXTS } from './options.ts';
import { usage } from './usage.ts';

const { number, percent } = numbersIn('zh-CN');

/** What an inspection is made of. */
const PARTS = { networks: '神经网络', decoding: '图片解码' } as const;

/** Names, each perhaps with a reason behind it, as a Chinese list. */
const listed = (names: string) => names.replaceAll(', ', '、').replaceAll(' (', '（').replaceAll(')', '）');

/** The command line in Chinese. A Chinese character takes two columns, which the padding goes by. */
export const ZH_CN: CliWords = {
  help: HELP,
  options: OPTION_TEXTS,
  check: {
    outcomes: { pass: '通过  ', fail: '不通过', error: '出错  ' },
    file: '文件',
    summary: ({ pass, fail, error }, left) =>
      `通过 ${pass} 张，不通过 ${fail} 张，无法检测 ${error} 张${left > 0 ? `，未检测 ${left} 张` : ''}`,
    again: (count, file) => `这次有 ${count} 张图片没能检测。再次运行同一条命令会重试：--resume ${file}`,
    stopped: (file) => `已停止。再次运行同一条命令即可继续：--resume ${file}`,
    whichFace: (face, faces, { left, top, width, height }) =>
      `（${faces} 张脸里，LivePortrait 取第 ${face} 张：${width} x ${height} 像素，位于 ${left}, ${top}）`,
    generators: (taken, refused) => `通过：${listed(taken) || '无'}；不通过：${listed(refused) || '无'}`,
    share: (name, taken, share) => `${name} ${taken}（${percent(share)}）`,
    shares: (inspected, shares) => `检测了 ${inspected} 张：${shares.join('，')}`,
  },
  best: {
    head: ['', '质量分', '图片', '结论', '最弱的一点'],
    pass: '通过',
    nothing: '无',
    frame: (film, seconds) => `${film} 第 ${seconds} 秒`,
    filmCut: (film) => `${film} 太长或太大，结尾部分没有检测。`,
    summary: ({ pass, fail, error }, hasFace) =>
      `检测了 ${pass + fail} 张：通过 ${pass} 张，不通过 ${fail} 张；无法检测 ${error} 张${hasFace ? '' : '。都没有人脸。'}`,
  },
  fix: {
    outcomes: { good: '无需修复', fixed: '已修复  ', failed: '无法修复', error: '出错    ' },
    severalFaces: (faces) => `（有 ${faces} 张脸，见 --face）`,
    nothingToDo: '无需修复。',
    summary: ({ good, fixed, failed, error }) =>
      `已修复 ${fixed} 张，无需修复 ${good} 张，无法修复 ${failed} 张，读不了 ${error} 张`,
  },
  evaluate: {
    head: [
      '分组',
      '预期',
      '原因',
      '图片数',
      '通过',
      '不通过',
      '读不了',
      '判对',
      '95% 区间',
      '原因正确',
      '给出的原因',
    ],
    proposalHead: ['阈值', '现在', '检出', '误报', '建议', '检出', '误报'],
    outcomes: { pass: '通过', fail: '不通过', either: '均可', error: '出错' },
    expected: (outcome) => `预期${outcome}`,
    got: (outcome) => `结果${outcome}`,
    trueReasons: (right, total, share) => `正确拒绝的 ${total} 张里，原因正确的 ${right} 张（${share}）`,
    misjudged: (count) => `判错 ${count} 张`,
    stopped: (done, total) => `已停止，完成了 ${total} 张里的 ${done} 张。`,
    unread: (count) => `${count} 张无法检测，不计入。`,
    held: '达标',
    below: '未达标',
    noneMatches: '没有符合条件的图片',
    of: (total) => `共 ${total} 张`,
    wanted: (share) => `要求 ${share}`,
  },
  keys: {
    made: (name, id) => `这是 Key "${name}"（ID ${id}）。只保存它的摘要，以后无法再显示。`,
    strangeModel: (name, names) =>
      `只有用 "serve --model-names" 起过 "${name}" 这个名字，才有这个模型。已有的模型：${names}。`,
    adopted: (name, id) => `Key "${name}"（ID ${id}）现在在这里也能用。只保存它的摘要。`,
    none: '还没有 Key。请用 "keys create --name <name>" 创建一个。',
    head: ['ID', '名称', 'KEY', '每秒', '额度', '模型', '创建时间', '到期时间', '吊销时间'],
    labels: ['ID', '名称', 'Key', '速率', '额度', '模型', '创建时间', '到期时间', '吊销时间', '已检测'],
    unlimited: '不限',
    quota: (images, left) => `${images} 张，剩余 ${left} 张`,
    rate: (qps) => `每秒 ${qps} 次`,
    neverExpires: '永久有效',
    over: (at) => `${at}（已过期）`,
    notRevoked: '未吊销',
    answered: ({ pass, fail }) => `${pass + fail} 张：通过 ${pass} 张，不通过 ${fail} 张`,
    revokedBefore: (name, id, at) => `Key "${name}"（ID ${id}）已在 ${at} 吊销过。`,
    revoked: (name, id) => `Key "${name}"（ID ${id}）已吊销。`,
    usageHead: ['日期', '名称', 'ID', '结论', '图片数'],
    images: (count) => `共 ${count} 张图片`,
  },
  submit: {
    job: (id, items, secret) =>
      `任务 ${id}：${items} 条${secret === undefined ? '' : `；webhook 签名密钥 ${secret}`}`,
    where: (path) => `进度：${path}  结果：${path}/results  （用同一个 Key）`,
    stoppedWaiting: '已停止等待，任务继续进行。加 -o 运行同一条命令可以取回结果。',
  },
  serve: {
    listens: (url) => `liveportrait-detect 已在 ${url} 启动，可以打开页面；接口文档在 ${url}/docs`,
    bootstrapRevoked: 'LPD_BOOTSTRAP_KEY 里的 Key 已吊销，请换一个。',
    firstKey: (key) => `第一个 API Key，只显示这一次：${key}`,
    pageWithKey: '带上这个 Key 的页面，浏览器会保留到标签页关闭：',
    notOpened: '无法打开浏览器，请自行打开上面的地址。',
    tryIt: '用这张图片、你自己的图片，或者一个图片地址试试：',
    moreKeys: (flag) => `创建更多 Key：npx liveportrait-detect keys create --name <name>${flag}`,
    logLost: (why) => `标准输出上的日志已中断（${why}），服务继续运行。`,
  },
  run: {
    left: (seconds) => {
      if (seconds < 60) return `剩余 ${Math.ceil(seconds)} 秒`;
      return seconds < 3600
        ? `剩余 ${Math.ceil(seconds / 60)} 分钟`
        : `剩余 ${(seconds / 3600).toFixed(1)} 小时`;
    },
    folderGone: '当前文件夹已经不存在，请换到别的文件夹。',
    outOfFiles: '无法再打开更多文件。请调高上限：shell 里用 ulimit -n 1024，systemd 单元里用 LimitNOFILE。',
    fault: '这是程序的错误，请报告给我们。',
    // What a service of another version says may be English.
    error: (when, advice, detail) =>
      detail === '' || /\p{Script=Han}/u.test(detail)
        ? `${detail || when}\n${advice}`
        : `${when}\n${advice}\n详情：${detail}`,
    noTls: '对方不使用 TLS，也许应该用 http:// 而不是 https://',
    notNative: (parts) =>
      `原生代码无法在这里加载，${parts.map((part) => PARTS[part]).join('和')}改用 WebAssembly，速度较慢（docs/engines.md）。`,
    because: (told, reason) => `${told}（${reason}）`,
    wholeNumber: (least, most) =>
      most === null
        ? `请给出不小于 ${number(least)} 的整数。`
        : `请给出 ${number(least)} 到 ${number(most)} 的整数。`,
    number: '请给出一个数字。',
    percentage: '请给出 0 到 100 的数字。',
    day: '请给出日期，例如 2026-01-31。',
    usage,
  },
};
