import type { HelpWords } from '../help-words.ts';

/** Defaults that are told in words. */
const DEFAULTS: Readonly<Record<string, string>> = {
  none: '无',
  'none; they are refused': '无，直接拒绝',
  'none; a caller is who is connected': '无，以连接方为调用方',
  'the number of cores': 'CPU 核数',
  'native where it loads, else wasm': '能加载时用 native，否则用 wasm',
  'the host that the client called': '客户端访问的域名',
  'the data folder': '数据目录',
};

/** The help in Chinese. */
export const HELP: HelpWords = {
  program: '这张照片能不能做成会说话的人像？',
  titles: {
    'Usage:': '用法：',
    'Arguments:': '参数：',
    'Options:': '选项：',
    'Global Options:': '全局选项：',
    'Commands:': '命令：',
  },
  commands: {
    check: '检测哪些图片能用，其余的为什么不能用、该怎么办',
    best: '从多张图片或视频帧里选出最好的，并说明原因',
    fix: '修复图片：做了什么，现在能否通过，不能的话为什么',
    evaluate: '在已标注的图片上评测，看有多少判断符合预期',
    serve: '运行 HTTP 服务',
    worker: '处理服务的批量任务，可以在同一台或另一台机器上运行',
    submit: '把一批地址交给服务在后台检测',
    keys: '创建、列出和吊销服务的 API Key',
    'keys create': '创建一个 Key 并显示一次；运行中的服务一秒内生效',
    'keys list': '列出所有 Key，包括已吊销的',
    'keys show': '显示一个 Key 的全部信息和用量',
    'keys revoke': '永久吊销一个 Key；运行中的服务一秒内拒绝它',
    completion: '输出 shell 补全脚本：补全命令、选项和取值',
    mcp: '通过标准输入输出为智能体提供工具（Model Context Protocol）',
    usage: '按 UTC 日期、Key 和结论显示检测了多少张图片',
  },
  version: '显示版本号，以及神经网络和解码用什么运行',
  showHelp: '显示帮助',
  helpCommand: '显示某个命令的帮助',
  lang: '界面语言：en 或 zh-CN（默认取 LC_ALL、LC_MESSAGES 或 LANG）',
  more: (call) => `（选项和示例：${call}）`,
  examples: '示例：',
  choices: (names) => `可选：${names.join('、')}`,
  usually: (value) => `默认：${value}`,
  withFacts: (description, facts) => `${description}（${facts.join('；')}）`,
  shell: '你用的 shell',
  pictures: '文件、文件夹、通配符、地址，或用 - 从标准输入读一张',
  picturesAndFilms: '文件、视频、文件夹、通配符、地址，或用 - 从标准输入读一张',
  json: '输出 NDJSON：每张图片一行，包含全部测量值',
  csv: '输出 CSV',
  format: '输出格式；--json 和 --csv 是其中两种的简写',
  open: '在浏览器里打开页面',
  quiet: '不输出结果和汇总，只报告错误；结论看退出码',
  output: '把结果写入文件',
  resume: '把 NDJSON 写入这个文件；如果上次运行中断，从中断处继续',
  sort: '最后再输出，最好的图片排在最前',
  urls: '地址列表，每行一个；- 表示标准输入',
  watch: '持续监视一个文件夹，有新图片就检测',
  annotate: '把检测结果画在图片上，结论写在图片下方（英文），写入文件夹',
  report: '生成报告：一个 HTML 文件，所有图片按原因分组',
  for: '图片给哪个生成模型用，例如 hallo（见 docs/presets.md）',
  forAll: (name) => `；${name} 为每个生成模型输出一列`,
  policy: '与默认值不同的阈值：JSON 文件，或直接写 JSON（见 docs/policy.md）',
  server: '由服务检测图片，本机不加载模型',
  key: (variable) => `该服务的 API Key（${variable}）`,
  failFast: '遇到第一张不通过的图片就停止',
  jobs: '同时处理多少张图片（默认：核数加一）',
  top: (most) => `选几张，1 到 ${most}`,
  bestOut: '把最好的图片复制到这个文件夹；视频则把帧存为 JPEG',
  bestJson: '输出 NDJSON：每张入选的图片一行，包含全部测量值',
  fixOutput: '一张图片写入文件，多张写入文件夹（一张时默认写在旁边，带 .fixed）',
  face: '裁剪到这张脸，从 1 开始编号，最大的在前（check 会显示有几张）',
  fixJson: '输出 NDJSON：每张图片一行，包含所做的修改和前后的检测结果',
  manifest: '制表符分隔：file、expected（pass、fail、either）、group、reason；第一行是列名',
  evaluateJson: '输出 JSON：表格和每张判错的图片',
  floor: '有比例低于这个文件里的下限时，退出码为 1（见 docs/evaluate.md）',
  evaluateReport: '生成一个 HTML 文件：比例、混淆、曲线和每张判错的图片',
  sweep: '给出建议的阈值，可用图片的误报率最多百分之几',
  by: '按哪些列统计（默认：group，有 kind 时也按 kind）',
  list: '文件，每行一个地址或 {"url": …, "id": …}；- 表示标准输入',
  jobServer: '服务的地址，例如 http://localhost:8080',
  jobKey: (variable) => `服务的 API Key（${variable}）`,
  jobOut: '等待并把结果写入这个文件；再次运行同一条命令会从中断处继续',
  wait: '等待并输出结果',
  webhook: '任务结束时通知的地址',
  keyName: '名称，在未吊销的 Key 中不能重复',
  qps: '每秒请求数',
  expires: '何时失效：90d、12h（从现在起），或 2027-01-31 这样的日期（UTC 0 点）（默认：永久有效）',
  quota: '总共可以检测多少张图片（默认：不限）',
  models: '可以使用的模型，用逗号分隔',
  secretStdin: '从标准输入读取 Key 本身，让一个 Key 在这里和别处都能用',
  printJson: '输出 JSON',
  oneKey: '名称、前缀或 ID',
  onlyKey: '只看这个 Key：名称、前缀或 ID',
  since: '从这个 UTC 日期开始，例如 2026-01-31',
  usageCsv: '输出 CSV：日期、Key ID、Key 名称、结论、图片数',
  dataDir: (usual) => `Key 和用量存放的目录（LPD_DATA_DIR；默认：${usual}）`,
  environmentOnly: '只能用环境变量设置：',
  defaultIs: (variable, value) =>
    value === null ? `（${variable}）` : `（${variable}；默认：${DEFAULTS[value] ?? value}）`,
  afterCheck: `
退出码：0 全部通过，1 有未通过，2 命令写错，3 有图片无法检测。`,
  afterBest: `
先排通过的，再按质量分排序（见 docs/quality.md）。视频（MP4、QuickTime、WebM、Matroska、AVI）最多看 240 帧，需要 ffmpeg。
只有通过的图片才会复制到 --out。

退出码：0 显示的全部通过，1 有未通过，2 命令写错，3 有图片无法检测或缺少 ffmpeg。`,
  afterFix: `
按需要转正、裁剪、缩小、转格式（GIF、TIFF、AVIF）和压缩。不放大，也不改动人脸。只有通过的图片才会写出；本来就通过的原样复制。
加 --for 时，按该生成模型的要求裁剪和缩放。

退出码：0 现在全部通过，1 有图片无法修复，2 命令写错，3 有图片读不了或写不了。`,
  allowFolders: '允许读取和写入图片的文件夹',
  afterMcp: `
由智能体自动启动，配置方法见 docs/mcp.md。有两个工具：inspect_portrait 和 fix_portrait。
不加 --allow 时，读写启动时所在的文件夹。已有的文件不会被覆盖。`,
  afterSubmit: `
退出码：0 已发送或全部通过，1 有未通过，2 命令写错，3 有图片无法检测。`,
};
