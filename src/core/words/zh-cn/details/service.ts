/** What is wrong where the judge or the service runs, in Chinese. */
import type { SERVICE_DETAILS } from '../../../../errors/service-details.ts';
import type { Said } from './said.ts';

export const SERVICE: Said<typeof SERVICE_DETAILS> = {
  noNetworks: () => '神经网络无法在 WebAssembly 中加载。',
  noFile: ({ file }) =>
    `liveportrait-detect 缺少文件 ${file}。请重新安装，或不要把它打进包里（docs/integrations.md）。`,
  noRuntime: ({ platform }) => `onnxruntime 无法在 ${platform} 上加载。`,
  otherRuntime: ({ version, same }) =>
    `本进程加载的 onnxruntime 不是 ${version}，而在 Linux 上一个进程只能有一个版本。请把其中一个放到子进程里运行，或者都用 ${same}。`,
  noSharp: ({ platform }) => `解码图片用的 sharp 无法在 ${platform} 上加载。`,
  noSimd: () => '检测需要带 SIMD 的 WebAssembly，而这里没有。',
  noWasmSharp: () => 'sharp 无法以 WebAssembly 加载。',
  noThreads: () =>
    '用 WebAssembly 解码需要线程，而本进程无权启动线程：请允许它使用原生插件（--allow-addons，更快）或线程（--allow-worker）。',
  bun: () => 'Bun 无法运行解码用的 WebAssembly：请安装 sharp。',
  noLibsql: () =>
    '保存 API Key 和用量的 libsql 无法在这里加载：请连同可选依赖一起安装，或者用 DATABASE_URL 指定 PostgreSQL。',
  judgeStops: ({ why }) => `负责检测的 worker 没有运行：${why}。`,
  fileGone: () => '浏览器读不到这个文件了：它被移动、修改或删除过。',
  judgeFiles: ({ why }) => `检测所需的文件无法加载：${why}`,
  noLanguage: ({ tag, tags }) => `不支持语言 ${tag}，请用 ${tags.split(' or ').join(' 或 ')}。`,
  newerBoss: () => 'pg-boss 的表是由更新的版本写入的。',
  newerStore: ({ found, needs, known }) =>
    `数据库的结构版本是 ${found}，需要支持版本 ${needs} 的程序，本程序只支持到 ${known}。`,
  storeClosed: () => '数据库已关闭。',
  noDatabase: () => '无法连接数据库。',
  noPictureOpen: () => '没有打开图片。',
  readerStarts: () => '读取图片的进程无法启动。',
  taskEarly: () => '设置之前就收到了任务。',
  wrongReply: () => 'worker 返回的是判定，不是检测结果。',
  workerStarts: ({ why }) => `worker 无法启动：${why}。`,
  workerInspects: ({ why }) => `worker 无法检测：${why}。`,
  workerBlind: () => 'worker 在自检图片里没有找到人脸。',
  noWorker: () => '一个 worker 也无法启动。',
  portTaken: ({ host, port, problem }) =>
    `无法监听 ${host} 的端口 ${port}：${problem}。请停止占用端口的程序，或者换一个端口：npm start -- --port 8081（指标端口用 --metrics-port）。0 表示任选空闲端口。`,
  portForbidden: ({ host, port, problem }) =>
    `无法监听 ${host} 的端口 ${port}：${problem}。当前用户无权使用这个端口，1024 及以上的端口不受限制：请换一个，再由反向代理转发过来（docs/proxy.md）。`,
  notListening: ({ host, port, problem }) => `无法监听 ${host} 的端口 ${port}：${problem}`,
  s3Keys: () => 'LPD_UPLOAD_S3_URL：还需要设置 LPD_UPLOAD_S3_KEY_ID 和 LPD_UPLOAD_S3_SECRET。',
  s3Overwrites: () =>
    'LPD_UPLOAD_S3_URL：即使带有 "If-None-Match: *"，这个存储仍会覆盖文件，请换一个不会覆盖的。',
  s3Status: ({ status }) => `保存上传文件的存储返回了 ${status}。`,
  s3Late: ({ ms }) => `保存上传文件的存储在 ${ms} 毫秒内没有完成。`,
  s3Slow: ({ rate, ms }) => `保存上传文件的存储太慢：${ms} 毫秒内的速度低于每秒 ${rate} 字节。`,
  s3List: () => '保存上传文件的存储返回的文件列表无法读取。',
  s3LongList: ({ most }) => `保存上传文件的存储返回的文件列表，一页超过 ${most} 字节。`,
  s3Object: ({ element }) => `保存上传文件的存储里，有一个对象的 ${element} 缺失或无法读取。`,
  signingFile: ({ name, length }) => `文件 ${name} 的内容不是 ${length} 字节。`,
  keyEnd: ({ text, most }) =>
    `有效期 ${text} 不可用：请写 90d（天）或 12h（小时），或者日期，例如 2027-01-31（UTC 0 点）；必须晚于现在，最多 ${most} 天。`,
  keyName: ({ name }) =>
    `名称 ${name} 不可用：1 到 64 个字符，可用字母、数字、空格和 ._@+-，以字母或数字开头。`,
  keyRate: ({ rate, most }) => `每秒请求数是 ${rate}，必须大于 0，最多 ${most}。`,
  keyQuota: ({ quota }) => `额度是 ${quota} 张图片，必须是大于等于 0 的整数。`,
  keyModels: ({ count, most }) => `指定了 ${count} 个模型，必须是 1 到 ${most} 个。`,
  keyModel: ({ name }) => `${name} 不是模型的名称。`,
  keyLength: ({ length, least, most }) =>
    `API Key 有 ${length} 个字符，必须是 ${least} 到 ${most} 个可见的 ASCII 字符，不含空格。`,
  keyNamed: ({ name }) => `已经有名为 "${name}" 的 API Key。`,
  keyKnown: () => '这个 API Key 已经存在，可能已被吊销。',
  keyShown: () =>
    '输入的 API Key 会显示在屏幕上。请用管道传入：keys create --secret-stdin --name 名称 < 文件',
  noKeyPiped: ({ least, most }) =>
    `标准输入里没有 API Key：应为一行，${least} 到 ${most} 个可见的 ASCII 字符，不含空格。`,
  keyGuessed: () => '标准输入给出的内容容易被猜到：API Key 应随机生成。',
};
