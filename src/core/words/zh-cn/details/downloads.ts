/** What is wrong with a picture's address, or with the way to it, in Chinese. */
import type { DOWNLOAD_DETAILS } from '../../../../errors/download-details.ts';
import { foreignName } from './foreign.ts';
import type { Said } from './said.ts';

export const DOWNLOADS: Said<typeof DOWNLOAD_DETAILS> = {
  controls: () => 'URL 里有控制字符。',
  backslash: () => 'URL 里有反斜杠。',
  notWeb: () => 'URL 必须以 http:// 或 https:// 开头，并且带有主机名。',
  longHost: () => 'URL 的主机名太长。',
  user: () => 'URL 里有用户名或密码。',
  malformed: () => 'URL 格式错误。',
  portZero: () => 'URL 的端口是 0。',
  emptyLabel: () => 'URL 的主机名里有连续的点，或者以点开头。',
  longUrl: ({ most }) => `URL 超过 ${most} 字节。`,
  pictureBytes: ({ most }) => `图片达到或超过 ${most} 字节，必须小于这个数。`,
  inflatedBytes: ({ most }) => `图片解压后达到或超过 ${most} 字节，必须小于这个数。`,
  framing: ({ most }) => `返回的内容比图片的上限还多 ${most} 字节。`,
  slow: ({ rate, ms }) => `图片下载太慢：连续 ${ms} 毫秒每秒不足 ${rate} 字节。`,
  late: ({ ms }) => `图片没有在 ${ms} 毫秒内下载完。`,
  notWhole: ({ coding }) => `返回的内容无法解压：不是完整的 ${coding}。`,
  encoded: ({ header }) => `返回的 ${header} 无法还原。`,
  noTarget: () => '重定向没有给出目标地址。',
  manyRedirects: ({ most }) => `重定向超过 ${most} 次。`,
  part: () => '图片服务器只返回了一部分。',
  status: ({ status }) => `图片服务器返回了 ${status}。`,
  page: ({ name }) => `这个地址返回的是${foreignName(name)}，不是图片。`,
  self: ({ host }) => `地址被拒绝：${host} 就是本服务自己。`,
  address: ({ host, rule, opener }) =>
    `地址被拒绝：${host} 的地址不允许访问：${rule}；用 ${opener} 可以放行。`,
  port: ({ place }) => `端口被拒绝：${place} 是其他协议的端口。`,
  privateName: ({ host, suffix, opener }) =>
    `域名被拒绝：${host} 是内部域名（${suffix}）；用 ${opener} 可以放行。`,
  redirectMalformed: () => '重定向被拒绝：目标地址格式错误。',
  redirectNotWeb: () => '重定向被拒绝：目标不是普通的 http:// 或 https:// 地址。',
  dns: ({ reason }) => `域名解析失败：${reason}。`,
  connect: ({ reason }) => `连接失败：${reason}。`,
  headers: ({ reason }) => `没有收到响应：${reason}。`,
  body: ({ reason }) => `下载中断：${reason}。`,
};
