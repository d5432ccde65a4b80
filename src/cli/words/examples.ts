/** Calls to copy, for the help of each command. */
import type { Language } from '../../core/words/catalogue.ts';
import type { CommandName } from './help-words.ts';

/** A call, without the program's name, and what it does. */
export interface Example {
  readonly call: string;
  readonly does: Readonly<Record<Language, string>>;
}

/** Behind the options in the help; the heading is the catalogue's. */
export const EXAMPLES: Readonly<Record<CommandName, readonly Example[]>> = {
  check: [
    {
      call: 'check photos/',
      does: { en: 'one line per picture, with advice', 'zh-CN': '每张图片一行，附修改建议' },
    },
    {
      call: 'check --json photos/ > all.ndjson',
      does: { en: 'everything that was measured', 'zh-CN': '全部测量值' },
    },
    {
      call: 'check photos/ --report sheet.html',
      does: { en: 'a contact sheet, grouped by reason', 'zh-CN': '按原因分组的报告' },
    },
  ],
  best: [
    {
      call: 'best photos/ --top 3',
      does: { en: 'the three best pictures, and why', 'zh-CN': '最好的三张，并说明原因' },
    },
    {
      call: 'best film.mp4 --out chosen/',
      does: { en: 'the best frames of a film, as JPEG', 'zh-CN': '视频里最好的几帧，存为 JPEG' },
    },
  ],
  fix: [
    {
      call: 'fix photo.jpg',
      does: { en: 'writes photo.fixed.jpg beside it', 'zh-CN': '在旁边写出 photo.fixed.jpg' },
    },
    { call: 'fix photos/ -o repaired/', does: { en: 'a whole folder', 'zh-CN': '整个文件夹' } },
    {
      call: 'fix group.jpg --face 2',
      does: { en: 'crops to the second largest face', 'zh-CN': '裁剪到第二大的脸' },
    },
  ],
  evaluate: [
    {
      call: 'evaluate labels.tsv',
      does: { en: 'how often the verdict is right', 'zh-CN': '结论有多少是对的' },
    },
    {
      call: 'evaluate labels.tsv --report rates.html --sweep 2',
      does: {
        en: 'a report, and limits that refuse at most 2% of usable pictures',
        'zh-CN': '报告，以及最多误拒 2% 可用图片的建议阈值',
      },
    },
  ],
  serve: [
    {
      call: 'serve --port 9000',
      does: {
        en: 'the service and its page; the first start shows a key',
        'zh-CN': '服务和网页，首次启动会显示一个 Key',
      },
    },
    {
      call: 'serve --host 0.0.0.0 --metrics-port 9090',
      does: {
        en: 'open to other machines, with metrics for Prometheus',
        'zh-CN': '允许其他机器访问，并提供 Prometheus 指标',
      },
    },
  ],
  worker: [
    {
      call: 'worker',
      does: { en: 'works on jobs beside a service on this machine', 'zh-CN': '和本机的服务一起处理批量任务' },
    },
    {
      call: 'worker --workers 4 --metrics-port 9091',
      does: { en: 'four pictures at a time, with metrics', 'zh-CN': '同时处理四张图片，并提供指标' },
    },
  ],
  submit: [
    {
      call: 'submit list.txt --server http://127.0.0.1:8080 -o out.ndjson',
      does: {
        en: 'sends a list of addresses, and waits for the results',
        'zh-CN': '提交地址列表，并等待结果',
      },
    },
    {
      call: 'submit list.txt --server http://127.0.0.1:8080 --webhook https://example.com/done',
      does: {
        en: 'waits for nothing; that address is called at the end',
        'zh-CN': '不等待，结束时通知这个地址',
      },
    },
  ],
  mcp: [
    {
      call: 'mcp --allow photos/',
      does: { en: 'tools that see this folder only', 'zh-CN': '工具只能访问这个文件夹' },
    },
    {
      call: 'mcp --for hallo',
      does: { en: 'judges for this generator', 'zh-CN': '按这个生成模型的要求判断' },
    },
  ],
  keys: [
    { call: 'keys create --name alice', does: { en: 'a key for Alice', 'zh-CN': '为 Alice 创建一个 Key' } },
    { call: 'keys list', does: { en: 'which keys there are', 'zh-CN': '有哪些 Key' } },
    { call: 'keys revoke alice', does: { en: 'her key no longer works', 'zh-CN': '她的 Key 不再有效' } },
  ],
  'keys create': [
    {
      call: 'keys create --name alice',
      does: { en: 'five requests per second, no limit in total', 'zh-CN': '每秒五次请求，总量不限' },
    },
    {
      call: 'keys create --name batch --qps 20 --quota 10000',
      does: { en: 'faster, but 10,000 images at most', 'zh-CN': '更快，但最多 10,000 张图片' },
    },
  ],
  'keys list': [
    { call: 'keys list', does: { en: 'all keys as a table', 'zh-CN': '用表格列出所有 Key' } },
    { call: 'keys list --format json', does: { en: 'for a program', 'zh-CN': '供程序读取' } },
  ],
  'keys show': [
    { call: 'keys show alice', does: { en: 'the key with this name', 'zh-CN': '叫这个名称的 Key' } },
    { call: 'keys show alice --format json', does: { en: 'for a program', 'zh-CN': '供程序读取' } },
  ],
  'keys revoke': [
    { call: 'keys revoke alice', does: { en: 'by its name', 'zh-CN': '按名称吊销' } },
    {
      call: 'keys revoke alice --data-dir /srv/lpd',
      does: { en: 'of a service that keeps its data there', 'zh-CN': '数据在这个目录的服务' },
    },
  ],
  usage: [
    {
      call: 'usage --since 2026-01-01',
      does: { en: 'all keys, from this day on', 'zh-CN': '这一天起的所有 Key' },
    },
    {
      call: 'usage --key alice --csv -o alice.csv',
      does: { en: 'one key, for a spreadsheet', 'zh-CN': '一个 Key，供电子表格使用' },
    },
  ],
  completion: [
    {
      call: 'completion bash > ~/.local/share/bash-completion/completions/liveportrait-detect',
      does: { en: 'bash, from the next shell on', 'zh-CN': 'bash，下次打开 shell 时生效' },
    },
    {
      call: 'completion zsh > "$fpath[1]/_liveportrait-detect"',
      does: { en: 'zsh, where compinit is called in .zshrc', 'zh-CN': 'zsh，要先在 .zshrc 里启用 compinit' },
    },
    {
      call: 'completion fish > ~/.config/fish/completions/liveportrait-detect.fish',
      does: { en: 'fish', 'zh-CN': '用于 fish' },
    },
  ],
};
