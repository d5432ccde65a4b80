import type { FailureWords } from './failures.ts';

const OWN_LIMIT = '请向管理员申请其他 Key。';

/** Failures, in Chinese. */
export const FAILURES_ZH_CN: FailureWords = {
  'image.bytes': {
    title: '文件过大',
    what: '文件达到或超过 10 MB。',
    advice: '请另存为更小的 JPEG。',
  },
  'image.edge': {
    title: '像素过多',
    what: '最长边超过 4096 像素。',
    advice: '请缩小图片。',
  },
  'image.aspect': {
    title: '图片过长或过宽',
    what: '长边超过短边的两倍。',
    advice: '请围绕人脸裁剪图片。',
  },
  'image.empty': { title: '空文件', what: '文件没有内容。', advice: '请选择其他文件。' },
  'image.unsupported': {
    title: '不支持的图片格式',
    what: '文件不是 JPEG、PNG、WebP 或 BMP 图片。',
    advice: '请把图片转成 JPEG。',
  },
  'image.corrupt': {
    title: '文件损坏',
    what: '文件损坏或不完整。',
    advice: '请用图片编辑软件打开后重新保存。',
  },
  'image.too_complex': {
    title: '读取过慢',
    what: '读取这个文件的开销太大。',
    advice: '请用图片编辑软件打开，重新保存为普通 JPEG。',
  },
  'download.unreachable': {
    title: '无法访问该地址',
    what: '该地址没有应答，或者不允许本服务访问。',
    advice: '请使用公网地址，或者把图片保存下来再拖到这里。',
  },
  'download.http_status': {
    title: '该地址没有图片',
    what: '图片服务器拒绝返回图片。',
    advice: '请用浏览器无痕窗口打开该地址：不登录也要能看到图片。',
  },
  'download.redirects': {
    title: '重定向过多',
    what: '该地址的重定向超过 5 次。',
    advice: '请使用图片的最终地址。',
  },
  'download.encoded': {
    title: '下载内容无法读取',
    what: '图片服务器使用的压缩方式无法还原。',
    advice: '请把图片保存下来再拖到这里。',
  },
  'download.cut_off': {
    title: '下载中断',
    what: '图片没传完，连接就断了。',
    advice: '请重试，或者把图片保存下来再拖到这里。',
  },
  'download.timeout': {
    title: '下载过慢',
    what: '图片没有按时传完。',
    advice: '请重试，或者把图片保存下来再拖到这里。',
  },
  'download.not_image': {
    title: '是网页，不是图片',
    what: '该地址打开的是网页。',
    advice: '请在浏览器里单独打开图片，再复制它的地址。',
  },
  'download.too_large': {
    title: '文件过大',
    what: '该地址的文件达到或超过 10 MB。',
    advice: '请另存为更小的 JPEG，再拖到这里。',
  },
  'url.invalid': {
    title: '不是网址',
    what: '这不是图片的地址。',
    advice: '请使用以 http:// 或 https:// 开头的地址。',
  },
  'key.missing': {
    title: '需要 API Key',
    what: '读取图片地址和修复图片需要 API Key。您自己的文件在浏览器里检测，不需要 Key。',
    advice: '请向管理员申请 Key。',
  },
  'key.invalid': {
    title: 'API Key 无效',
    what: '服务不认识这个 Key，或者它已被吊销。',
    advice: '请检查是否复制完整。',
  },
  'key.expired': {
    title: 'API Key 已过期',
    what: '这个 Key 有使用期限，现在已经过期。',
    advice: '请向管理员申请新的 Key。',
  },
  'key.model': {
    title: 'API Key 没有权限',
    what: '这个 Key 不能用于图片检测。',
    advice: OWN_LIMIT,
  },
  'key.quota': {
    title: '这个 Key 的额度已用完',
    what: '这个 Key 能检测的图片数量已经用完。',
    advice: OWN_LIMIT,
  },
  'key.rate': {
    title: '请求过于频繁',
    what: '请求速度超过了这个 Key 的限制。',
    advice: '请等一秒再试。',
  },
  'overload.queue': {
    title: '服务繁忙',
    what: '服务正在处理其他图片。',
    advice: '请稍后重试。',
  },
  'deadline.passed': {
    title: '处理超时',
    what: '服务没有按时处理完。',
    advice: '请重试。如果仍然超时，请换小一点的图片。',
  },
  'inspector.unavailable': {
    title: '此浏览器无法检测图片',
    what: '所需的文件没有加载成功，或者浏览器版本太旧。',
    advice: '请检查网络后重试，或者换用新版浏览器。',
  },
  'connection.lost': {
    title: '无法连接服务',
    what: '服务没有应答。',
    advice: '请检查网络。图片会等待，恢复后自动继续。',
  },
  'connection.cut': {
    title: '连接中断',
    what: '发送图片时连接断了。',
    advice: '请重试。如果仍然中断，请换小一点的文件。',
  },
  'service.answer': {
    title: '应答异常',
    what: '应答不是由本服务返回的。',
    advice: '请重试。如果仍然出现，请告知管理员。',
  },
  other: {
    title: '未检测',
    what: '出错了。',
    advice: '请重试。如果仍然出现，请告知管理员。',
  },
};
