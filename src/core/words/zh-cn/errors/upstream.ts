/** What goes wrong with calls that are passed on, in Chinese. */
import type { ErrorWords } from '../../errors.ts';

export const UPSTREAM = {
  'upstream.own_key': {
    when: '要转发给上游（LPD_UPSTREAM）的调用，用的是本服务签发的 Key；它只在这里有效，不会发给上游。',
    advice: '请用上游的 Key。用 "keys create --secret-stdin" 导入后，它在这里也能用。',
  },
  'upstream.unreachable': {
    when: '连不上上游：域名、地址、端口、证书有问题，或被地址检查拒绝。',
    advice: '运维可以在日志里看到原因。LPD_UPSTREAM_ALLOW 为上游放行内网地址。',
  },
  'upstream.broken': {
    when: '上游没有应答就断开连接，发来的不是 HTTP，或响应头超过 64 KiB。请求可能已经执行。',
    advice: '重复执行没有害处的，请重试。运维可以在日志里看到原因。',
  },
  'upstream.timeout': {
    when: '上游没有响应的时间超过了 LPD_UPSTREAM_WAIT_MS。请求可能已经执行。',
    advice: '重复执行没有害处的，请重试。运维可以把等待时间调长。',
  },
} as const satisfies Readonly<Record<string, ErrorWords>>;
