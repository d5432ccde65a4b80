/** What a file is that is not a picture of the vendor's formats, in Chinese. Those in Latin letters have their blank in front. */
import type { ForeignName } from '../../../image/foreign-format.ts';

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

/** The Chinese name that goes behind a word; the English one where there is none. */
export function foreignName(english: string): string {
  return Object.hasOwn(FOREIGN, english) ? FOREIGN[english as ForeignName] : ` ${english}`;
}
