/** What was wrong with this very input is told in the reader's language. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { errorText } from '../../src/cli/context.ts';
import { cliWordsIn } from '../../src/cli/words/catalogue.ts';
import { relayed } from '../../src/errors/detail.ts';
import { CATALOGUE, DetectError } from '../../src/errors.ts';
import { run } from './run.ts';

test('the command line tells it in Chinese, and a machine reads what it read before', async () => {
  const env = { LANG: 'zh_CN.UTF-8' };
  const near = await run(['check', '--for', 'halo', 'a.jpg'], { env });
  expect(near.err).toContain('没有名为 "halo" 的预设。是不是想写 --for hallo？可用的有：');
  const folder = await run(['check', '--policy', '.', 'a.jpg'], { env });
  expect(folder.err).toMatch(/^阈值配置文件 \. 是文件夹，不是文件。\n请检查路径和权限。/);
  const english = await run(['check', '/nowhere']);
  expect(english.err).toMatch(/^There is no file or folder \/nowhere\./);
  expect(await run(['check', '--for', 'halo', 'a.jpg', '--lang', 'en'], { env })).toMatchObject({
    err: expect.stringContaining('There is no preset "halo". Is --for hallo meant? There are: '),
  });
});

test('what is nearly a policy is told what to type', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'policy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const near = join(folder, 'near.json');
  writeFileSync(near, '{ "maxYow": 20 }');
  const told = async (policy: string, env = {}) =>
    (await run(['check', '--policy', policy, 'a.jpg'], { env })).err.split('\n')[0];
  expect(await told(near)).toBe('The policy has no limit "maxYow". Is maxYaw meant?');
  for (const [name, meant] of [
    ['yaw', 'maxYaw'],
    ['MINFACE', 'minFace'],
    ['enforced', 'enforce'],
  ])
    expect(await told(`{"${name}":5}`)).toBe(`The policy has no limit "${name}". Is ${meant} meant?`);
  // Short names are within a few letters of any other one.
  for (const name of ['a', 'k0', 'blur'])
    expect(await told(`{"${name}":5}`)).toContain(`The policy has no limit "${name}"; there are: `);
  expect((await run(['check', '--for', 'x', 'a.jpg'])).err).toContain('There is no preset "x"; there are: ');
  expect(await told('none.json')).toBe('The policy file none.json is not there.');
  expect(await told('none.json', { LANG: 'zh_CN.UTF-8' })).toBe('找不到阈值配置文件 none.json。');
});

test("the vendor's own sentence, as a service sends it, is not told after ours", () => {
  const { message } = CATALOGUE['key.invalid'];
  const sent = new DetectError('key.invalid', relayed(message));
  const told = errorText({ language: 'zh-CN', words: cliWordsIn('zh-CN') }, sent);
  expect(told).toMatch(/^API Key 不存在、格式不对或已吊销。\n请用 .* 创建的 Key。$/);
});

test.each([
  [
    ['check', '--server', '127.0.0.1:8080', '--key', 'sk-a', 'examples'],
    {},
    '服务的地址不是 URL，应该像 http://127.0.0.1:8080 这样写。',
  ],
  [
    ['check', '--server', 'http://127.0.0.1:9', 'examples'],
    {},
    '没有 API Key：请设置 LPD_API_KEY，或使用 --key。',
  ],
  [['serve'], { LPD_PRT: '1' }, '设置了 LPD_PRT，但本程序没有这个变量。是不是想写 PORT 或 HOST？'],
  [['check', 'examples/pass.jpg', '--policy', '{"maxYaw":3'], {}, '--policy 的值看起来是 JSON，但格式不对'],
  [['check', 'examples/pass.jpg', '--policy', '{"maxYaw":"x"}'], {}, 'maxYaw 必须是 0 到 90 的数字。'],
  [
    ['keys', 'list'],
    { DATABASE_URL: 'postgres://user:se#cret@127.0.0.1:9/name' },
    'DATABASE_URL 不是地址，正确的写法例如 postgres://user:password@host/name；密码里的 # 写成 %23',
  ],
  [
    ['keys', 'list'],
    { DATABASE_URL: 'postgres://127.0.0.1:9/name?sslrootcert=/none/ca.pem' },
    'DATABASE_URL 里写的证书文件打不开。（ENOENT',
  ],
  [
    ['usage'],
    { DATABASE_URL: 'mysql://user:secret@127.0.0.1:9/name' },
    'DATABASE_URL 必须以 postgres:// 开头。',
  ],
  [
    ['keys', 'list'],
    { DATABASE_URL: 'postgres://user:secret@127.0.0.1:9/name' },
    'API Key 和用量的存储读不了或写不了。（connect ECONNREFUSED 127.0.0.1:9）\n运维',
  ],
  [['serve', '--host', ''], {}, '--host："" 是空的；要用默认值，请不要写这个选项。'],
  [['serve', '--port', 'x'], {}, '--port："x" 必须是 0 到 65535 的整数。'],
  [['serve', '--download-allow', 'foo/bar'], {}, '里的 "foo/bar" 不是网段'],
  [['keys', 'create', '--name', 'a', '--expires', 'never'], {}, '有效期 "never" 不可用：请写 90d（天）'],
])('%j', async (args, env, told) => {
  const { err } = await run(args, { env: { LANG: 'zh_CN.UTF-8', ...env } });
  expect(err).toContain(told);
});
