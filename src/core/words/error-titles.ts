/** What people call an error, in a few words: the heading that pictures stand under which could not be inspected. */
import type { ErrorCode } from '../../errors.ts';
import { DEFAULT_LANGUAGE, type Language } from './catalogue.ts';

const EN = {
  'image.bytes': 'File too large',
  'image.edge': 'Too many pixels',
  'image.aspect': 'Too long or too wide',
  'image.empty': 'Empty file',
  'image.unsupported': 'Not a supported picture',
  'image.corrupt': 'Damaged file',
  'image.too_complex': 'Too slow to read',
  'download.unreachable': 'Address cannot be reached',
  'download.no_host': 'No such host',
  'download.refused': 'Not a public address',
  'download.http_status': 'No picture at this address',
  'download.redirects': 'Too many redirects',
  'download.encoded': 'Download cannot be read',
  'download.cut_off': 'Download cut off',
  'download.timeout': 'Download too slow',
  'download.not_image': 'A page, not a picture',
  'download.too_large': 'File too large',
  'url.invalid': 'Not a web address',
  'file.unreadable': 'Cannot be opened',
  'film.unreadable': 'Film without a frame',
  'film.no_ffmpeg': 'Film, and no ffmpeg',
  'key.missing': 'A key is needed',
  'key.invalid': 'This key does not work',
  'key.expired': 'This key has expired',
  'key.model': 'This key is for something else',
  'key.quota': 'The quota of this key is used up',
  'key.rate': 'Too many requests',
  'overload.queue': 'The service is busy',
  'deadline.passed': 'It took too long',
  'inspect.failed': 'Inspection failed',
  'service.unreachable': 'The service cannot be reached',
  'service.answer': 'Unexpected answer',
} as const satisfies Partial<Record<ErrorCode, string>>;

/** An error that has a title. */
export type TitledError = keyof typeof EN;

/** The titles by language. */
export const ERROR_TITLES: Readonly<Record<Language, Readonly<Record<TitledError, string>>>> = {
  en: EN,
  'zh-CN': {
    'image.bytes': '文件过大',
    'image.edge': '像素过多',
    'image.aspect': '图片过长或过宽',
    'image.empty': '空文件',
    'image.unsupported': '不支持的图片格式',
    'image.corrupt': '文件损坏',
    'image.too_complex': '读取过慢',
    'download.unreachable': '无法访问该地址',
    'download.no_host': '没有这个主机',
    'download.refused': '不是公网地址',
    'download.http_status': '该地址没有图片',
    'download.redirects': '重定向过多',
    'download.encoded': '下载内容无法读取',
    'download.cut_off': '下载中断',
    'download.timeout': '下载过慢',
    'download.not_image': '是网页，不是图片',
    'download.too_large': '文件过大',
    'url.invalid': '不是网址',
    'file.unreadable': '无法打开',
    'film.unreadable': '视频里没有画面',
    'film.no_ffmpeg': '处理视频需要 ffmpeg',
    'key.missing': '需要 API Key',
    'key.invalid': 'API Key 无效',
    'key.expired': 'API Key 已过期',
    'key.model': 'API Key 没有权限',
    'key.quota': '这个 Key 的额度已用完',
    'key.rate': '请求过于频繁',
    'overload.queue': '服务繁忙',
    'deadline.passed': '处理超时',
    'inspect.failed': '检测失败',
    'service.unreachable': '无法连接服务',
    'service.answer': '应答异常',
  },
};

/** The title of an error's token; undefined where it has none. */
export function errorTitle(code: string, language: Language = DEFAULT_LANGUAGE): string | undefined {
  return Object.hasOwn(EN, code) ? ERROR_TITLES[language][code as TitledError] : undefined;
}
