/** What is wrong between a client and a service, in Chinese. */
import type { CLIENT_DETAILS } from '../../../../errors/client-details.ts';
import type { Said } from './said.ts';

export const CLIENTS: Said<typeof CLIENT_DETAILS> = {
  fromZero: ({ name }) => `${name} 必须是大于等于 0 的数字。`,
  notUrl: () => '服务的地址不是 URL，应该像 http://127.0.0.1:8080 这样写。',
  notWeb: () => '服务的地址必须以 https:// 或 http:// 开头，并且不带用户名。',
  keyLetters: () => 'API Key 里有空格，或者有 API Key 中不会出现的字符。',
  item: () => '每一项必须是地址，或者是用 "url" 给出地址的对象。',
  late: ({ ms }) => `服务没有在 ${ms} 毫秒内应答。`,
  redirect: ({ status }) => `返回的状态码是 ${status}，这是重定向，不会跟随。`,
  status: ({ status }) => `返回的状态码是 ${status}。`,
  foreign: () => '返回的内容不是本服务的格式。',
  longAnswer: ({ most }) => `返回的内容超过 ${most} 字节，没有读完。`,
  unreachable: ({ address }) => `无法连接 ${address} 上的服务。`,
  notPicture: () => '图片必须以地址、Blob 或 File、字节数据之一传入。',
  noJob: () => '这不是任务 ID。',
};
