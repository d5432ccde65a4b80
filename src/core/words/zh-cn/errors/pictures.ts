/** What is wrong with a picture, with the way to it, or with its inspection, in Chinese. */
import type { ErrorWords } from '../../errors.ts';

export const PICTURES = {
  'download.unreachable': {
    when: '地址被拒绝、域名无法解析，或没有应答。三种情况用同一个标识，免得有人借本服务扫描端口。',
    advice: '请用公网地址。运维可以用 LPD_DOWNLOAD_ALLOW 放行指定的目标。',
  },
  'download.no_host': {
    when: '地址里的主机不存在，或者无处可查。',
    advice: '请检查拼写和网络连接。',
  },
  'download.refused': {
    when: '这不是公网 Web 服务器的地址。',
    advice: '请用公网 Web 服务器的地址。',
  },
  'download.http_status': {
    when: '图片服务器返回的不是 200 或 201，或者只返回了一部分（206）。',
    advice: '请用浏览器无痕窗口打开这个 URL：不登录也要能看到图片。',
  },
  'download.redirects': {
    when: '重定向超过 5 次，或者指向无效地址。',
    advice: '请发送图片的最终地址。',
  },
  'download.encoded': {
    when: '图片服务器的 Content-Encoding 无法还原：不是 gzip、deflate 或 br，超过两层，或者数据损坏。',
    advice: '图片不要用 Content-Encoding。',
  },
  'download.cut_off': {
    when: '连接中断，或者没传完就结束了。',
    advice: '请重试。如果总是这样，请检查图片服务器。',
  },
  'download.timeout': {
    when: '图片没有按时传完，或者图片服务器的速度低于下限。',
    advice: '请把图片放到更快的服务器上。',
  },
  'download.too_large': {
    when: '下载内容达到或超过 10 MiB，或者服务器声明如此。',
    advice: '请把图片另存为小于 10 MiB 的文件。',
  },
  'download.not_image': {
    when: '这个地址返回的是网页、XML 或 JSON，不是图片：是报错页、登录页，或者图片所在的网页。',
    advice: '请用浏览器无痕窗口打开这个 URL：必须只显示图片本身。',
  },
  'image.bytes': {
    when: '文件达到或超过 10 MiB。',
    advice: '请把图片另存为小于 10 MiB 的文件。',
  },
  'image.empty': {
    when: '文件是空的，一个字节也没有。',
    advice: '请检查文件的生成和发送方式。curl 要用 --data-binary @file。',
  },
  'image.unsupported': {
    when: '文件不是 JPEG、PNG、BMP 或 WebP。只看内容，不看文件名。',
    advice: '请把图片转成 JPEG、PNG、BMP 或 WebP。',
  },
  'image.corrupt': {
    when: '文件损坏、不完整，或者用了该格式里无法读取的特性。',
    advice: '请用图片编辑器打开，重新保存。',
  },
  'image.too_complex': {
    when: '解码这个文件要花的时间，是同格式、同尺寸普通图片的许多倍。',
    advice: '请用图片编辑器打开，重新保存。',
  },
  'image.edge': {
    when: '最长边超过 4096 像素。',
    advice: '请缩小图片。',
  },
  'image.aspect': {
    when: '长边超过短边的两倍。',
    advice: '请围绕人脸裁剪图片。',
  },
  'file.resolution': {
    when: '边长小于 400 或大于 7000 像素（emo-detect-v1、emoji-detect-v1、wan2.2-s2v-detect）。',
    advice: '请缩放图片，或换一张更大的图片。',
  },
  'file.edges': {
    when: '边长小于 224 或大于 4096 像素（animate-anyone-detect-gen2）。',
    advice: '请缩放图片，或换一张更大的图片。',
  },
  'file.aspect': {
    when: '长边超过短边的两倍（animate-anyone-detect-gen2）。',
    advice: '请围绕人物裁剪图片。',
  },
  'file.size': {
    when: '文件达到或超过 5 MiB（animate-anyone-detect-gen2）。',
    advice: '请把图片另存为小于 5 MiB 的文件。',
  },
  'overload.queue': {
    when: '服务的队列已满，或者服务正在关闭。',
    advice: '请稍后重试。运维可以增加 worker。',
  },
  'deadline.passed': {
    when: '图片在排队或检测时，整个请求的时限到了。',
    advice: '请重试。运维可以调高 LPD_DEADLINE_MS，或增加 worker。',
  },
  'inspect.barred': {
    when: '最近十分钟里，同一张图片检测超时，或者让检测进程退出过，暂时不再检测。',
    advice: '请用图片编辑器打开，重新保存。',
  },
  'inspect.failed': {
    when: '检测本身失败，是我们的错误。',
    advice: '请带上 request_id 报告。',
  },
  'inspect.aborted': {
    when: '调用方放弃了：中止了信号，或者断开了连接。',
    advice: '不需要处理。',
  },
  'inspector.unavailable': {
    when: 'LPD_ENGINE 或 `engine` 指定的引擎在这里加载不了；没有指定时，则是原生代码和 WebAssembly 都加载不了。onnxruntime 和 sharp 只有部分平台的原生代码，而且一个进程只能有一个版本的 onnxruntime（只在启动时出现，不会出现在请求中）。',
    advice:
      '不要指定引擎：原生代码加载不了时会自动改用 WebAssembly。要用原生代码，请在 Linux glibc（x64、arm64）、macOS（arm64）或 Windows（x64、arm64）上连同可选依赖一起安装（`npm install --include=optional`）。如果你的程序加载了别的版本的 onnxruntime-node，请把其中一个放到子进程里，worker 线程不行。在网页中，请把 `dist/browser` 里的文件放在同一个目录下，并在内容安全策略中允许 `wasm-unsafe-eval`。',
  },
  'inspector.closed': {
    when: '把图片交给了已经关闭的检测器。',
    advice: '请在最后一张图片之后再关闭检测器，或者新建一个。',
  },
  internal: {
    when: '其他由我们造成的错误。',
    advice: '请带上 request_id 报告。',
  },
} as const satisfies Readonly<Record<string, ErrorWords>>;
