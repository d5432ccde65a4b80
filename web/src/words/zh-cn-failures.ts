import { ERROR_TITLES } from '../../../src/core/words/error-titles.ts';
import type { FailureWords } from './failures.ts';

const TITLES = ERROR_TITLES['zh-CN'];

const OWN_LIMIT = '请向管理员申请其他 Key。';

/** Failures, in Chinese. */
export const FAILURES_ZH_CN: FailureWords = {
  'image.bytes': {
    title: TITLES['image.bytes'],
    what: '文件达到或超过 10 MB。',
    advice: '请另存为更小的 JPEG。',
  },
  'image.edge': {
    title: TITLES['image.edge'],
    what: '最长边超过 4096 像素。',
    advice: '请缩小图片。',
  },
  'image.aspect': {
    title: TITLES['image.aspect'],
    what: '长边超过短边的两倍。',
    advice: '请围绕人脸裁剪图片。',
  },
  'image.empty': { title: TITLES['image.empty'], what: '文件没有内容。', advice: '请选择其他文件。' },
  'image.unsupported': {
    title: TITLES['image.unsupported'],
    what: '文件不是 JPEG、PNG、WebP 或 BMP 图片。',
    advice: '请把图片转成 JPEG。',
  },
  'image.corrupt': {
    title: TITLES['image.corrupt'],
    what: '文件损坏或不完整。',
    advice: '请用图片编辑软件打开后重新保存。',
  },
  'image.too_complex': {
    title: TITLES['image.too_complex'],
    what: '读取这个文件的开销太大。',
    advice: '请用图片编辑软件打开，重新保存为普通 JPEG。',
  },
  'file.unreadable': {
    title: '文件读不到了',
    what: '选择之后，文件被移动、修改或删除过。',
    advice: '请重新选择。',
  },
  'download.unreachable': {
    title: TITLES['download.unreachable'],
    what: '该地址没有应答，或者不允许本服务访问。',
    advice: '请使用公网地址，或者把图片保存下来再拖到这里。',
  },
  'download.http_status': {
    title: TITLES['download.http_status'],
    what: '图片服务器拒绝返回图片。',
    advice: '请用浏览器无痕窗口打开该地址：不登录也要能看到图片。',
  },
  'download.redirects': {
    title: TITLES['download.redirects'],
    what: '该地址的重定向超过 5 次。',
    advice: '请使用图片的最终地址。',
  },
  'download.encoded': {
    title: TITLES['download.encoded'],
    what: '图片服务器使用的压缩方式无法还原。',
    advice: '请把图片保存下来再拖到这里。',
  },
  'download.cut_off': {
    title: TITLES['download.cut_off'],
    what: '图片没传完，连接就断了。',
    advice: '请重试，或者把图片保存下来再拖到这里。',
  },
  'download.timeout': {
    title: TITLES['download.timeout'],
    what: '图片没有按时传完。',
    advice: '请重试，或者把图片保存下来再拖到这里。',
  },
  'download.not_image': {
    title: TITLES['download.not_image'],
    what: '该地址打开的是网页。',
    advice: '请在浏览器里单独打开图片，再复制它的地址。',
  },
  'download.too_large': {
    title: TITLES['download.too_large'],
    what: '该地址的文件达到或超过 10 MB。',
    advice: '请另存为更小的 JPEG，再拖到这里。',
  },
  'url.invalid': {
    title: TITLES['url.invalid'],
    what: '这不是图片的地址。',
    advice: '请使用以 http:// 或 https:// 开头的地址。',
  },
  'key.missing': {
    title: TITLES['key.missing'],
    what: '检测网络图片和修复图片需要 API Key。你自己的文件在浏览器里检测，不需要 Key。',
    advice: '请向管理员申请 Key。',
  },
  'key.invalid': {
    title: TITLES['key.invalid'],
    what: '服务不认识这个 Key，或者它已被吊销。',
    advice: '请检查是否复制完整。',
  },
  'key.expired': {
    title: TITLES['key.expired'],
    what: '这个 Key 有使用期限，现在已经过期。',
    advice: '请向管理员申请新的 Key。',
  },
  'key.model': {
    title: TITLES['key.model'],
    what: '这个 Key 不能用于图片检测。',
    advice: OWN_LIMIT,
  },
  'key.quota': {
    title: TITLES['key.quota'],
    what: '这个 Key 能检测的图片数量已经用完。',
    advice: OWN_LIMIT,
  },
  'key.rate': {
    title: TITLES['key.rate'],
    what: '请求速度超过了这个 Key 的限制。',
    advice: '请等一秒再试。',
  },
  'overload.queue': {
    title: TITLES['overload.queue'],
    what: '服务正在处理其他图片。',
    advice: '请稍后重试。',
  },
  'deadline.passed': {
    title: TITLES['deadline.passed'],
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
    title: TITLES['service.answer'],
    what: '应答不是由本服务返回的。',
    advice: '请重试。如果仍然出现，请告知管理员。',
  },
  other: {
    title: '未检测',
    what: '出错了。',
    advice: '请重试。如果仍然出现，请告知管理员。',
  },
};
