/** What a request lacks or has too much of, in Chinese. */
import type { ErrorWords } from '../../errors.ts';

export const REQUESTS = {
  'request.method': {
    when: '路径存在，但不支持这个请求方法。',
    advice: '请用 POST，或响应头 Allow 里列出的方法。',
  },
  'key.missing': {
    when: '请求没有 Authorization 请求头。',
    advice: '请发送 "Authorization: Bearer <key>"。',
  },
  'key.invalid': {
    when: 'API Key 不存在、格式不对或已吊销。',
    advice: '请用 "liveportrait-detect keys create --name <name>" 创建的 Key。',
  },
  'key.expired': {
    when: '创建这个 Key 时设了有效期（--expires），现在已经过期。',
    advice: '请用 "liveportrait-detect keys create --name <name>" 新建一个 Key，并吊销这一个。',
  },
  'key.model': {
    when: '这个 Key 没有该模型的权限。',
    advice: '请新建一个 Key，--models 里带上该模型。',
  },
  'key.rate': {
    when: '超过了这个 Key 的速率（默认每秒 5 次）。',
    advice: '请等一秒再试，或新建 --qps 更高的 Key。',
  },
  'key.quota': {
    when: '这个 Key 的图片额度用完了。',
    advice: '请新建 --quota 更高的 Key。',
  },
  'request.async': {
    when: 'X-DashScope-Async 的值是 "enable"。',
    advice: '请去掉这个请求头，调用是同步的。',
  },
  'body.too_large': {
    when: '请求体超过上限。',
    advice: '请发送更小的请求体。官方接口的路径只接受 URL；图片本身请发往 /v1/inspect。',
  },
  'body.invalid': {
    when: '请求体不是 JSON 对象。',
    advice: '请发送 JSON 对象。',
  },
  'request.malformed': {
    when: 'HTTP 报文本身无法解析。',
    advice: '请发送格式正确的 HTTP/1.1 请求，请求头小于 16 KiB。',
  },
  'request.timeout': {
    when: '请求头或请求体没有按时到达。',
    advice: '请在时限内发完整个请求。',
  },
  'model.missing': {
    when: '请求体里没有 "model"。',
    advice: '请发送 "model": "liveportrait-detect"。',
  },
  'model.unknown': {
    when: '这里不提供该模型。',
    advice: '请发送 "model": "liveportrait-detect"。',
  },
  'input.missing': {
    when: '请求体里没有 "input"。',
    advice: '请发送 "input": {"image_url": "…"}。',
  },
  'input.type': {
    when: '"input" 不是对象。',
    advice: '请发送 "input": {"image_url": "…"}。',
  },
  'url.missing': {
    when: '缺少 "input.image_url"，或者是空的。',
    advice: '请把图片地址放在 "input.image_url"。',
  },
  'url.type': {
    when: '"input.image_url" 不是字符串。',
    advice: '"input.image_url" 请用字符串。',
  },
  'model.type': {
    when: '"model" 不是字符串。',
    advice: '"model" 请用字符串。',
  },
  'url.invalid': {
    when: '不是普通的 http:// 或 https:// 地址：是路径、其他协议、带用户名密码、含控制字符，或超过 8192 字节。',
    advice: '请发送普通的 http:// 或 https:// 地址。',
  },
  'ratio.value': {
    when: '"parameters.ratio" 不是该模型支持的比例。',
    advice: '请发送 "1:1"（emo-detect-v1 也支持 "3:4"），或者不传。',
  },
  'request.query': {
    when: '查询参数或者它的值不存在。',
    advice: '参数见 /docs。',
  },
  'request.task': {
    when: '/api/v1/services/ 下的未知路径。',
    advice: '请用 /api/v1/services/aigc/image2video/face-detect。',
  },
  'request.path': {
    when: '服务没有这个路径。',
    advice: '路径见 /docs。--server 和其他客户端要用服务的根地址，例如 http://127.0.0.1:8080。',
  },
} as const satisfies Readonly<Record<string, ErrorWords>>;
