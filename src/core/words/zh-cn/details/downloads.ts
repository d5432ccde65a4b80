/** What is wrong with a picture's address, or with the way to it, in Chinese. */
import type { DOWNLOAD_DETAILS } from '../../../../errors/download-details.ts';
import { foreignName } from './foreign.ts';
import type { Said } from './said.ts';

/** What a refused block is for, by its English name; those of protocols have no other. */
const BLOCKS: Readonly<Record<string, string>> = {
  'Alibaba Cloud metadata': '阿里云元数据',
  'Oracle Cloud metadata': 'Oracle Cloud 元数据',
  'cloud metadata': '云服务器元数据',
  'AWS container credentials': 'AWS 容器凭证',
  'AWS pod identity': 'AWS Pod 身份凭证',
  'AWS metadata': 'AWS 元数据',
  'Google Cloud metadata': 'Google Cloud 元数据',
  'this network': '本网络地址',
  'private use': '内网地址',
  'shared address space': '运营商共享地址',
  loopback: '本机回环地址',
  'link-local': '链路本地地址',
  'IETF protocol assignments': 'IETF 协议保留地址',
  documentation: '文档示例地址',
  '6to4 relay anycast': '6to4 中继任播地址',
  benchmarking: '基准测试地址',
  multicast: '组播地址',
  'limited broadcast': '受限广播地址',
  reserved: '保留地址',
  unspecified: '未指定地址',
  'IPv4-compatible': 'IPv4 兼容地址',
  'IPv4-mapped': 'IPv4 映射地址',
  'IPv4-translated': 'IPv4 转换地址',
  'local-use NAT64': '本地 NAT64',
  'discard-only': '丢弃专用地址',
  'dummy prefix': '占位前缀',
  'segment routing': '段路由地址',
  'unique local': '唯一本地地址',
  'site-local': '站点本地地址',
  'not global unicast': '不是全球单播地址',
  malformed: '格式错误的地址',
};

/** "内网地址（10.0.0.0/8，RFC 1918）" */
function ruleName(english: string): string {
  const [, name = '', block = '', source = ''] = /^(.*) \(([^,]*), (.*)\)$/.exec(english) ?? [];
  if (name === '') return english;
  const place = block
    .replace('outside 2000::/3', '不在 2000::/3 内')
    .replace('no IP address', '不是 IP 地址');
  const document = source.replace(', ', '、').replace(' and ', ' 和 ').replace(' documentation', ' 文档');
  return `${BLOCKS[name] ?? name}（${place}，${document}）`;
}

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
    `地址被拒绝：${host} 不是公网地址：${ruleName(rule)}；用 ${opener.replace('<its address>', '<该地址>')} 可以放行。`,
  port: ({ place }) => `端口被拒绝：${place} 是其他协议的端口。`,
  privateName: ({ host, suffix, opener }) =>
    `域名被拒绝：${host} 是内部域名（${suffix}）；用 ${opener} 可以放行。`,
  redirectMalformed: () => '重定向被拒绝：目标地址格式错误。',
  redirectNotWeb: () => '重定向被拒绝：目标不是普通的 http:// 或 https:// 地址。',
  noHost: ({ host }) => `没有主机 ${host}。`,
  noNameServer: ({ host }) => `没有域名服务器回答 ${host} 在哪里。`,
  dns: ({ reason }) => `域名解析失败：${reason}。`,
  connect: ({ reason }) => `连接失败：${reason}。`,
  headers: ({ reason }) => `没有收到响应：${reason}。`,
  body: ({ reason }) => `下载中断：${reason}。`,
};
