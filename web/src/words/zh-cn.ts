import { wordsIn } from '../../../src/core/words/catalogue.ts';
import { numbersIn } from '../../../src/core/words/numbers.ts';
import { generatorInChinese } from '../../../src/core/words/zh-cn/generators.ts';
import type { PageWords, ToldFace } from './words.ts';
import { FAILURES_ZH_CN } from './zh-cn-failures.ts';
import { QUALITY_MEANINGS_ZH_CN } from './zh-cn-meanings.ts';

const NUMBERS = numbersIn('zh-CN');
const { number, percent, degrees } = NUMBERS;
const oneDecimal = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const twoDecimals = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const STATUSES = { pass: '在阈值以内', fail: '超出阈值', unknown: '未知' } as const;

/** The page in Chinese, as it is written in mainland China. */
export const ZH_CN: PageWords = {
  name: '中文',
  header: {
    tagline: '这张图片能做会说话的人像吗？',
    home: 'liveportrait-detect：回到首页',
    service: '服务',
    language: '语言',
    enterKey: '输入 Key',
    forgetKey: '清除 Key',
    forgetKeyHint: '从此浏览器中删除 Key',
  },
  intake: {
    label: '添加图片',
    choose: '选择图片',
    address: '图片地址',
    addressExample: 'https://… 图片地址',
    inspect: '检测',
    badAddress: '地址要以 http:// 或 https:// 开头。',
    noPictures: '拖入的内容里没有图片。',
    generator: '用于',
    generatorHint: '图片用于哪个模型',
    called: generatorInChinese,
    hint: '也可以拖放或粘贴到页面任意位置',
    dropHere: '把图片、文件夹或图片地址拖到这里',
  },
  start: {
    label: '开始',
    title: '生成之前，先检测人像',
    text: '把图片拖到这里，或者点击选择。页面会说明每张图片能不能用、为什么不能用、怎么改。图片在此浏览器里检测，不会发送到任何地方。',
    examples: '或者试试示例图片',
    all: '全部试一遍',
    formats: '支持 JPEG、PNG、WebP、BMP；小于 10 MB；最长边不超过 4096 像素；长边不超过短边的两倍。',
    names: {
      'pass.jpg': '正脸',
      'painting.jpg': '油画',
      'sketch.jpg': '素描',
      'sculpture.jpg': '雕塑',
      'group.jpg': '两个人',
      'profile.jpg': '侧脸',
      'obstructed.jpg': '戴口罩',
      'tilted.jpg': '低头',
      'cut_off.jpg': '半张脸',
      'small.jpg': '距离太远',
      'none.jpg': '猫',
    },
  },
  camera: {
    open: '用摄像头拍照',
    title: '拍照',
    close: '关闭',
    privacy: '摄像头的画面只留在此浏览器里。',
    notLoaded: '摄像头组件加载失败。请检查网络，然后刷新页面。',
  },
  key: {
    label: 'API Key',
    remember: '关闭标签页后仍保存在此浏览器中',
    use: '使用这个 Key',
    trying: '正在验证…',
    notNow: '暂不',
    own: '服务由你自己运行？首次启动时已输出一个 Key。如需再创建，请在仓库目录里运行：',
  },
  status: {
    titled: (title) => `${title}：`,
    enterKey: '输入 Key',
    tryAgain: '重试',
    allDone: (count) => `${number(count)} 张图片已全部检测。`,
    progress: '已检测的图片',
    ready: (ready, total) => `已检测 ${number(ready)} / ${number(total)}`,
    pace: (perSecond, secondsLeft) =>
      `每秒 ${oneDecimal.format(perSecond)} 张 · 约剩 ${
        secondsLeft < 100 ? `${number(secondsLeft)} 秒` : `${number(secondsLeft / 60)} 分钟`
      }`,
    strangeLink: '链接里的阈值无法识别，已改用默认阈值。请重新获取链接。',
    seen: '知道了',
  },
  verdict: {
    label: '检测结果',
    standings: {
      pass: '通过',
      refused: '未通过',
      failed: '未检测',
      waiting: '等待中',
      sending: '检测中…',
    },
    byBrowser: '在此浏览器里检测，没有发送任何内容。',
    byService: '由服务检测。',
    request: '请求 ID',
    passes: (generator, isSpotless) =>
      isSpotless
        ? `这张图片可以用于 ${generator}，所有检测项都没有问题。`
        : `这张图片可以用于 ${generator}。`,
    nearLimit: '有一项结果接近阈值，请自己看一下图片。',
    notes: '可以改进的地方',
    fix: '修复',
    fixing: '正在修复…',
    cropTo: (face) => `裁剪第 ${number(face)} 张脸`,
    save: '保存图片',
    notFixed: (advice) => `无法修复。${advice}`,
    notFixedHere: '此浏览器打不开这个文件。请用图片编辑软件打开，另存为更小的 JPEG。',
    noFix: '裁剪或旋转解决不了问题，这张图无法自动修复。',
    fixSearches: '离得太远的人脸可能检测不到。“修复”会放大查找，并裁剪到人脸。',
    onlyYourLimits: '只是你调整的阈值不让这张图片通过。点击“恢复阈值”可以还原。',
    passesYours: (reason) => `这张图片符合你调整的阈值，但不符合默认阈值：${reason}。`,
    otherFaces: '想用另一张脸，请在图片上点击它。',
    converted: (format) =>
      `LivePortrait 不接受 ${format} 文件。这里的结果针对此浏览器转换出的 JPEG，请保存并使用它。`,
  },
  checks: {
    title: '检测项',
    yours: '使用你调整的阈值',
    hint: '拖动阈值，立即查看变化',
    reset: '恢复阈值',
    explain: '解释检测项',
    standing: (status, isUnsure) => `（${STATUSES[status]}${isUnsure ? '；不完全确定' : ''}）`,
    unsureHint: '结果接近阈值，请自己看一下图片。',
    enforce: '必须通过',
    enforced: '必须通过',
    unmeasured: (count) => `未能测量的项目及其阈值（${number(count)} 项）`,
    enforceLabel: (check) => `“${check}”必须通过`,
    limitOf: (check) => `“${check}”的阈值`,
    link: { copy: '复制链接', copied: '链接已复制', selected: '链接就在地址栏里' },
    linkHint: '带有当前阈值的页面链接，不包含图片。',
    bound: (good, limit) => `${good === 'atLeast' ? '至少' : '最多'} ${limit}`,
    meanings: wordsIn('zh-CN').meanings,
  },
  stage: {
    label: '图片',
    layersLabel: '图层',
    layers: { faces: '人脸', points: '关键点', axes: '头部朝向', covered: '遮挡', crop: '裁剪框' },
    notHere: '图片尚未加载。',
    notLoaded: '图片没有加载成功。',
    notShown: '此浏览器无法显示这个文件。',
    taken: (face) => `${number(face)} · 采用`,
    crop: 'LivePortrait 的裁剪框',
    seen: 'LivePortrait 看到的画面',
    seenCanvas: '256 像素的裁剪画面',
    seenAt: (size, edge, zoom) =>
      `原图 ${number(size)} 像素，缩放到 ${number(edge)} 像素${zoom >= 1.05 ? `，放大了 ${oneDecimal.format(zoom)} 倍` : ''}`,
    beforeLabel: '修复前的图片',
    before: '修复前',
    beforeAlt: (name) => `修复前：${name}`,
    done: '做了什么',
    noFace: '图片里没有检测到人脸。',
    savePng: '保存为 PNG',
    saveJson: '保存为 JSON',
    notSaved: '此浏览器无法显示这个文件，所以无法在上面标注。',
    face: tellFace,
  },
  facts: {
    label: '数值',
    file: '文件',
    turned: '相机旋转',
    turnedBy: (orientation) => (orientation === 1 ? '无' : `有，已转正（EXIF ${number(orientation)}）`),
    faces: '人脸数量',
    face: '画面中的人脸',
    faceWidth: (width, share) => `宽 ${number(width)} 像素，占图片长边的 ${percent(share)}`,
    eyes: '两眼间距',
    angles: '转头、俯仰、歪头',
    cover: '脸前的遮挡物',
    likely: '可能有遮挡的部位',
    region: (region, probability) => `${region} ${percent(probability)}`,
    nothing: '无',
    quality: (score) => `质量 ${oneDecimal.format(score)} 分（满分 100）`,
    qualityMeanings: QUALITY_MEANINGS_ZH_CN,
  },
  table: {
    title: (count) => `${number(count)} 张图片`,
    toList: (count) => `查看全部 ${number(count)} 张图片`,
    retry: (count) => `重试 ${number(count)} 张`,
    saveCsv: '保存 CSV',
    saveJson: '保存 JSON',
    savePassing: (count) => `保存通过的 ${number(count)} 张`,
    saveFixed: (count) => `保存修复的 ${number(count)} 张`,
    zipHint: '打包成一个 ZIP 文件',
    packed: {
      packing: '正在打包…',
      saved: '已保存。',
      tooMany: '一个 ZIP 文件最多放 1,000 张图片、共 1 GB。请移除一部分再试。',
      notLoaded: '打包组件加载失败。请检查网络后重试。',
      unreadable: '有一张图片读不到了，可能文件被移动或修改过。请移除它再试。',
    },
    forget: '全部清除',
    forgetHint: '从页面和此浏览器中删除全部图片',
    kept: {
      all: '这些图片只保存在此浏览器里，24 小时后删除。点击“全部清除”立即删除。',
      some: '此浏览器只保存了一部分图片：最多保存最新的 200 张、共 200 MB，24 小时后删除。点击“全部清除”立即删除。',
      none: '此浏览器不保存任何内容，关闭页面后图片即消失。',
    },
    more: (count) => `再显示 ${number(count)} 张`,
    thumbnail: '缩略图',
    advice: '怎么改',
    columns: {
      name: '文件名',
      verdict: '结果',
      reason: '原因',
      quality: '质量',
      faces: '人脸数',
      face: '人脸宽度',
    },
    remove: (name) => `移除 ${name}`,
    removeColumn: '移除',
    filter: '按原因筛选',
    all: '全部',
  },
  snippets: {
    title: '用代码发送同样的请求',
    language: '编程语言',
    copy: '复制',
    copied: '已复制',
    selected: '已选中，请按 Ctrl+C 或 ⌘C',
  },
  failures: FAILURES_ZH_CN,
  unopened: {
    title: (format) => `${format} 图片`,
    what: (format) => `这是 ${format} 图片，此浏览器打不开。`,
    advice: '请另存为 JPEG 再试。',
    fix: '点击“修复”，服务会把它转换成 JPEG（图片会发送给服务）。也可以自己另存为 JPEG 再试。',
    phones: 'iPhone：设置 > 相机 > 格式 > 兼容性最佳。',
  },
  value: tellValue,
  bytes: (bytes) =>
    bytes < 1024 * 1024
      ? `${number(Math.ceil(bytes / 1024))} KB`
      : `${oneDecimal.format(bytes / 1024 / 1024)} MB`,
  list: NUMBERS.list,
};

function tellFace({ count, width, across, down, pose }: ToldFace): string {
  const faces = count === 1 ? '有一张人脸' : `有 ${number(count)} 张人脸，最大的一张`;
  // The middle of the middle has one word.
  const place =
    across === 1 && down === 1
      ? '正中'
      : `${['上方', '中部', '下方'][down]}${['左侧', '居中', '右侧'][across]}`;
  const side = `向画面${pose.yaw < 0 ? '左' : '右'}侧转 ${degrees(Math.abs(pose.yaw))}`;
  const tilt = `${pose.pitch < 0 ? '低头' : '抬头'} ${degrees(Math.abs(pose.pitch))}`;
  return `${faces}位于画面${place}，宽 ${number(width)} 像素，${side}，${tilt}。`;
}

function tellValue(value: number, unit: string): string {
  switch (unit) {
    case 'probability':
    case 'share':
    case 'luma':
      return percent(value);
    case 'degrees':
      return degrees(value);
    case 'px':
      // The column is narrow, and everybody reads this sign.
      return `${number(Math.floor(value))} px`;
    case 'faces':
      return number(value);
    case 'bytes':
      return `${number(value)} 字节`;
    default:
      return twoDecimals.format(value);
  }
}
