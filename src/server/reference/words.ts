/** What the reference says, by language. */
import type { Language } from '../../core/words/catalogue.ts';
import { FIELDS_IN_CHINESE } from './zh-cn-fields.ts';

/** The words of a call. */
export interface CallWords {
  readonly summary: string;
  readonly description?: string;
}

/** The words around the calls. */
export interface ReferenceWords {
  readonly name: string;
  readonly title: string;
  readonly intro: string;
  /** How to try the calls: before and after the two variables. */
  readonly setUp: string;
  readonly description: string;
  readonly page: string;
  readonly inOtherLanguage: string;
  readonly calls: string;
  readonly needsKey: string;
  readonly needsNoKey: string;
  readonly call: string;
  readonly path: string;
  readonly query: string;
  readonly header: string;
  readonly body: string;
  readonly answer: string;
  readonly answerHeaders: string;
  readonly example: string;
  readonly errors: string;
  readonly errorsIntro: string;
  readonly required: string;
  readonly or: string;
  readonly oneOf: string;
  readonly any: string;
  readonly fields: (count: number) => string;
  readonly asAbove: (count: number) => string;
  readonly listOf: (type: string, count: string) => string;
  /** What a field is, by its description in `openapi.json`; undefined where nobody has put that into this language. */
  readonly field: (description: string) => string | undefined;
  /** Calls that are described otherwise than in `openapi.json`, by `operationId`. */
  readonly own: Readonly<Record<string, CallWords>>;
}

const EN: ReferenceWords = {
  name: 'English',
  title: 'API reference',
  intro:
    'Every call of this service, with examples from a run. A picture is judged, repaired, or put in a list of many; the first calls are those of DashScope.',
  setUp: 'To try the calls, tell your shell where the service is, and your key:',
  description: 'The same as OpenAPI 3.1',
  page: 'Check a portrait in the browser',
  inOtherLanguage: 'In other languages',
  calls: 'Calls',
  needsKey: 'It needs an API key.',
  needsNoKey: 'It needs no API key.',
  call: 'Call',
  path: 'In the path',
  query: 'In the query',
  header: 'Request headers',
  body: 'Body',
  answer: 'Answer',
  answerHeaders: 'Headers of the answer',
  example: 'Example',
  errors: 'Errors',
  errorsIntro: 'An error is JSON with code, message and request_id. The token is in the header x-reason.',
  required: 'required',
  or: 'or',
  oneOf: 'One of these:',
  any: 'any value',
  fields: (count) => `${count} fields`,
  asAbove: (count) => `The same ${count} fields as further up`,
  listOf: (type, count) => ['list of', count, type].filter(Boolean).join(' '),
  field: (description) => description,
  own: {},
};

const ZH_CN: ReferenceWords = {
  name: '中文',
  title: 'API 参考',
  intro:
    '本服务的全部接口，示例来自真实运行。可以检测图片、修复图片，也可以批量提交；前两个接口与 DashScope 完全一致。',
  setUp: '要试用这些接口，先在 shell 里设置服务地址和 API Key：',
  description: '同样的内容，OpenAPI 3.1 格式',
  page: '在浏览器里检测人像',
  inOtherLanguage: '其他语言',
  calls: '接口',
  needsKey: '需要 API Key。',
  needsNoKey: '不需要 API Key。',
  call: '调用',
  path: '路径参数',
  query: '查询参数',
  header: '请求头',
  body: '请求体',
  answer: '返回',
  answerHeaders: '响应头',
  example: '示例',
  errors: '错误',
  errorsIntro: '错误是 JSON，含 code、message 和 request_id。标识在响应头 x-reason 里。',
  required: '必填',
  or: '或',
  oneOf: '以下之一：',
  any: '任意值',
  fields: (count) => `${count} 个字段`,
  asAbove: (count) => `与上文相同的 ${count} 个字段`,
  listOf: (type, count) => `${type}${type ? ' ' : ''}数组${count ? `（${count} 个）` : ''}`,
  field: (description) => FIELDS_IN_CHINESE.get(description),
  own: {
    detect: {
      summary: '检测人像，与 DashScope 一致',
      description:
        'DashScope 的 liveportrait-detect、emo-detect-v1、emoji-detect-v1 和 wan2.2-s2v-detect 接口。出错时状态码不是 200，原因标识在响应头 x-reason 里。',
    },
    detectBody: {
      summary: '检测人体图片，与 DashScope 一致',
      description:
        'DashScope 的 animate-anyone-detect-gen2 接口。出错时状态码不是 200，原因标识在响应头 x-reason 里。',
    },
    inspect: {
      summary: '检测一张图片',
      description:
        '返回一张图片的全部信息：所有人脸、LivePortrait 会选用的那张脸的各项测量值、每项检查及其阈值，以及裁剪框。可以发送含地址或 base64 的 JSON、图片本身，或带一个文件的表单。建议和错误信息的语言由 Accept-Language 决定：中文或英文。',
    },
    fix: {
      summary: '修复一张图片',
      description:
        '在不改动人脸的前提下，把图片变成能通过的图片：转换格式（GIF、TIFF、AVIF）、转正、裁剪、缩小、压缩。返回修复后的图片，做了什么写在响应头 x-repairs 里；Accept 请求头含 application/json，或者得不到能通过的图片时，返回 JSON。图片的发送方式与 /v1/inspect 相同。',
    },
    createJob: {
      summary: '批量提交图片地址',
      description:
        '最多一百万个地址，每行一个，可以是纯地址，也可以是 {"url": …, "id": …}；或者不超过 1 MiB 的 JSON。图片在后台检查，每张只回答一次，计一张图片的用量。结束时向 webhook 发送一个 POST，请求头 x-signature 是 "sha256=" 加上用密钥对请求体计算的 HMAC-SHA256（十六进制）。',
    },
    job: { summary: '查询任务的状态和进度' },
    cancelJob: {
      summary: '提前结束任务，或者删除已结束的任务',
      description:
        '进行中的任务：已有的结果保留，并计入用量。已结束的任务：连同条目和结果一起删除，这次返回的是它最后的状态。',
    },
    jobResults: {
      summary: '获取任务的结果，按完成的先后排列',
      description:
        '每行一个 JSON：cursor、item（行号，从 1 开始，不算空行）、id、url，以及 pass、reason、advice、image 和 faces，或者 error。要继续读取，请求最后一个 cursor 之后的结果。',
    },
    uploadPolicy: {
      summary: '获取上传凭证，与 DashScope 一致',
      description:
        '返回签名的上传凭证，300 秒内有效。把它作为表单发到 upload_host，文件放在最后；之后用同一个 API Key 调用时，图片地址是 oss:// 加 key，并带请求头 X-DashScope-OssResourceResolve: enable。',
    },
    upload: {
      summary: '上传一张图片',
      description: '按凭证填写各字段，文件放在最后。不需要 API Key：签名说明了是谁的上传。',
    },
  },
};

/** By language; a further one is a line here. */
export const REFERENCE_WORDS: Readonly<Record<Language, ReferenceWords>> = { en: EN, 'zh-CN': ZH_CN };
