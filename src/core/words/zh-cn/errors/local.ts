/** What goes wrong on a machine of one's own, with jobs and with uploads, in Chinese. */
import type { ErrorWords } from '../../errors.ts';

export const LOCAL = {
  'policy.invalid': {
    when: '阈值配置里有不存在的阈值，或者取值不对。',
    advice: '阈值见 docs/policy.md，生成器见 docs/presets.md。',
  },
  'option.invalid': {
    when: '选项或环境变量不存在，或者它的值无法使用（不会出现在请求中）。',
    advice: '可用的选项见 --help 或 docs/options.md。',
  },
  'call.invalid': {
    when: '命令没有指定要处理的内容，或者给出的内容互相冲突。',
    advice: '见该命令的 --help，里面有可以照抄的示例。',
  },
  'file.unreadable': {
    when: '这台机器上的文件打不开或读不了。',
    advice: '请检查路径和权限。',
  },
  'file.unwritable': {
    when: '这台机器上的文件写不了。',
    advice: '请换一个路径，或检查权限和剩余空间。',
  },
  'resume.invalid': {
    when: '要续跑的文件里不是上次运行的结果。',
    advice: '请指定 "check --resume" 或 "check --json -o" 写出的文件，或者删掉它重新开始。',
  },
  'fix.face': {
    when: '要裁出的那张脸，图片里没有。',
    advice: '人脸从 1 开始编号，最大的在前；检测结果里会列出。',
  },
  'film.no_ffmpeg': {
    when: '处理视频需要 ffmpeg，但 PATH 里找不到。',
    advice: '请安装（"apt install ffmpeg"、"brew install ffmpeg"、"winget install ffmpeg"），或者改用图片。',
  },
  'film.unsupported': {
    when: '文件名像视频，但内容不是 MP4、QuickTime、WebM、Matroska 或 AVI。',
    advice: '请另存为 H.264 编码的 MP4 再试。',
  },
  'film.unreadable': {
    when: '在时间和大小的上限内，ffmpeg 在视频里找不到一帧画面。',
    advice: '请确认播放器能播放，并另存为 H.264 编码、不超过 4K 的 MP4。',
  },
  'manifest.invalid': {
    when: '标注文件读不了。',
    advice: '各列的说明见 docs/evaluate.md。',
  },
  'job.line': {
    when: '任务里有一行既不是地址，也不是带地址的 JSON 对象，或者太长。消息里会写明是哪一行。',
    advice: '请每行一个地址，或 {"url": "…", "id": "…"}。',
  },
  'job.size': {
    when: '任务是空的，或者超过一百万条。',
    advice: '每个任务请发 1 到 1,000,000 条，更长的请拆开。',
  },
  'job.webhook': {
    when: '任务的 webhook 不是 http:// 或 https:// 地址。',
    advice: '请发送普通的 http:// 或 https:// 地址。',
  },
  'job.too_many': {
    when: '这个 Key 有 100 个任务还没结束。',
    advice: '请等一个结束，或取消一个。',
  },
  'job.bytes': {
    when: '这个 Key 的任务和结果占用的空间会超过一个 Key 的上限（LPD_KEY_JOBS_MIB）。消息里会写明上限。',
    advice:
      '请 DELETE 一个已结束的任务，它会被删除；或取消一个任务，其中没有结果的条目会被删除。任务结束一周后自动删除。',
  },
  'job.disk_full': {
    when: '服务的磁盘剩余空间小于 LPD_DISK_FLOOR_MIB，或者 PostgreSQL 的磁盘已满。检测照常，已有的任务继续。',
    advice: '请运维清理数据目录或 PostgreSQL 所在的磁盘。',
  },
  'job.unknown': {
    when: '这个 Key 没有该 ID 的任务：任务属于别的 Key，一周前已结束，或已删除。',
    advice: '请用 POST /v1/jobs 返回的任务 ID 和同一个 Key。',
  },
  'upload.method': {
    when: '对 /api/v1/uploads 用了 GET 以外的方法。',
    advice: '请先 GET ?action=getPolicy，再把表单 POST 到返回的 upload_host。',
  },
  'upload.off': {
    when: '运维关闭了上传（LPD_UPLOAD_HOURS 为 0）。',
    advice: '请发送图片地址，或把图片直接发到 /v1/inspect。',
  },
  'upload.form': {
    when: '上传的表单无法解析，有重复或过长的字段，或者最后一项不是文件。',
    advice: '请先发 getPolicy 返回的字段，最后发 "file"。',
  },
  'upload.signature': {
    when: '上传凭证不是本服务签发的，属于别的 Key，或者它的 Key 已吊销或过期。',
    advice: '请原样发送 getPolicy 返回的 policy、signature 和 oss_access_key_id。',
  },
  'upload.expired': {
    when: '上传凭证超过了 300 秒。',
    advice: '请用 getPolicy 重新获取。',
  },
  'upload.policy': {
    when: '表单里有字段不符合上传凭证的要求。消息里会写明是哪个字段。',
    advice: '请原样发送 getPolicy 返回的字段；key 是 upload_dir、斜杠加文件名。',
  },
  'upload.key': {
    when: '上传的 key 超过 1023 字节，有空的或带点的路径段，或者含控制字符。',
    advice: '请发送 upload_dir、斜杠加文件名。',
  },
  'upload.bytes': {
    when: '上传的文件是空的，或者超过凭证允许的大小。消息里会写明上限。',
    advice: '请把图片另存为小于 10 MiB 的文件。',
  },
  'upload.exists': {
    when: '同名的上传已经存在，不会被覆盖。',
    advice: '请用 getPolicy 重新获取 upload_dir，或换一个文件名。',
  },
  'upload.key_full': {
    when: '这个 Key 的上传数量或总字节数到了一个 Key 的上限（LPD_UPLOAD_KEY_FILES、LPD_UPLOAD_KEY_MIB）。消息里会写明上限。',
    advice: '请等旧的上传过期，或改为发送图片地址。',
  },
  'upload.full': {
    when: '所有 Key 的上传数量或总字节数到了服务的上限（LPD_UPLOAD_FILES、LPD_UPLOAD_MIB）。消息里会写明上限。',
    advice: '请改为发送图片地址。运维可以调高上限。',
  },
  'upload.disk_full': {
    when: '服务的磁盘剩余空间小于 LPD_DISK_FLOOR_MIB。检测照常。',
    advice: '请改为发送图片地址，并请运维清理数据目录所在的磁盘。',
  },
  'upload.unknown': {
    when: '这个 Key 没有该 oss:// 地址的上传：已过期，没有上传到本服务，或属于别的 Key。',
    advice: '请用同一个 Key 把图片上传到本服务。',
  },
  'upload.unavailable': {
    when: '上传的存储读不了或写不了。',
    advice: '运维可以在日志里看到原因。',
  },
  'key.input': {
    when: '无法按要求创建 Key：名称已被占用，或数值超出范围。',
    advice: '范围见 --help，已占用的名称见 "liveportrait-detect keys list"。',
  },
  'key.unknown': {
    when: '没有这个名称、前缀或 ID 的 Key，或者不止一个。',
    advice: '请用 "liveportrait-detect keys list" 查看，并使用 ID。',
  },
  'store.missing': {
    when: '数据目录里没有数据库。',
    advice: '请用 --data-dir 或 LPD_DATA_DIR 指定目录。第一次 "serve" 或 "keys create" 会创建。',
  },
  'store.schema': {
    when: '数据库由更新的版本写入，这个版本用不了。',
    advice: '请用更新的版本，或换一个数据目录。',
  },
  'store.rights': {
    when: 'DATABASE_URL 的角色不能创建服务的表：缺少数据库的 CREATE 权限，或已有对象的 USAGE 权限。',
    advice:
      '请用有权限的角色启动一次服务（GRANT CREATE ON DATABASE … TO …），并让它成为 lpd 和 lpd_boss 两个 schema 的所有者。',
  },
  'store.login': {
    when: 'PostgreSQL 有应答，但不让登录：DATABASE_URL 里的角色、密码或数据库名不对。',
    advice: '请检查 DATABASE_URL，以及服务器上的 pg_hba.conf。"createuser" 创建角色，"createdb" 创建数据库。',
  },
  'store.full': {
    when: '磁盘已满：有一次应答无法计数，别的也写不了。',
    advice: '请运维清理数据目录或 PostgreSQL 所在的磁盘，之后服务会自动恢复。',
  },
  'store.unavailable': {
    when: 'API Key 和用量的存储读不了或写不了。',
    advice: '运维可以在日志里看到原因：磁盘已满、权限不够，或被别的程序锁住。',
  },
  'service.unreachable': {
    when: '没有收到应答：连不上服务，或者连接中断了。',
    advice: '请检查地址、服务是否在运行，以及中间的网络和代理。',
  },
  'service.timeout': {
    when: '服务没有在客户端等待的时间内应答。',
    advice: '请稍后再试，或把等待时间设得更长。',
  },
  'service.answer': {
    when: '应答的格式与本服务不同，或者远远过长。',
    advice: '请检查地址：应答的可能是代理、登录页或别的程序。',
  },
  'service.refused': {
    when: '服务返回了这个版本不认识的错误。',
    advice: '请看错误的消息和错误码。更新的版本可能认识它。',
  },
} as const satisfies Readonly<Record<string, ErrorWords>>;
