/** The built program in Chinese, as its reader starts it: by locale and by flag, in a pipe and in a terminal of 80 columns. */
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import widthOf from 'string-width';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { PASS } from '../cli/pictures.ts';
import { start } from '../cli/spawn.ts';
import { HAS_TMUX, Terminal } from './terminal.ts';

const EXAMPLES = join(PASS, '..');
const CHINESE = { LANG: 'zh_CN.UTF-8', LC_ALL: '', LC_MESSAGES: '' };
const COLUMNS = 80;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lpd-languages-'));
  for (const name of ['pass', 'profile', 'none']) {
    await copyFile(join(EXAMPLES, `${name}.jpg`), join(folder, `${name}.jpg`));
  }
});
afterAll(() => rm(folder, { recursive: true }));

test('the locale and the flag give the same, and tokens and exit codes stay', async () => {
  const report = join(folder, 'sheet.html');
  const [byLocale, byFlag, english] = await Promise.all([
    start(['check', folder, '--report', report], { env: CHINESE }).ended,
    start(['check', '--lang', 'zh-CN', folder], { env: { LANG: 'en_US.UTF-8' } }).ended,
    start(['check', folder], { env: { LANG: 'en_US.UTF-8', LC_ALL: '' } }).ended,
  ]);
  expect(byLocale).toEqual(byFlag);
  expect(byLocale).toMatchObject({ code: 1, err: '通过 1 张，不通过 2 张，无法检测 0 张\n' });
  expect(english).toMatchObject({ code: 1, err: '1 pass, 2 fail, 0 could not be inspected\n' });
  expect(byLocale.out).toMatch(
    /^不通过 {2}\S+none\.jpg {2}face\.none {2}没有检测到人脸。请换一张单人正脸图片。$/m,
  );
  expect(byLocale.out).toMatch(/^不通过 {2}\S+profile\.jpg {2}face\.profile {2}.*侧脸/m);
  expect(english.out).toMatch(/^fail {3}\S+none\.jpg {2}face\.none {2}No face was found\./m);
  const html = await readFile(report, 'utf8');
  expect(html).toContain('<html lang="zh-CN">');
  expect(html).toMatch(/data-reason="face\.profile" data-label="侧脸"/);
});

test('JSON has the same members and values, and its advice in Chinese', async () => {
  const [chinese, english] = await Promise.all(
    [CHINESE, {}].map(async (env) =>
      JSON.parse((await start(['check', '--json', join(folder, 'profile.jpg')], { env }).ended).out),
    ),
  );
  const plain = ({ checks, ...rest }: { checks: object[] }) => ({
    ...rest,
    checks: checks.map((check) => ({ ...check, advice: '' })),
  });
  expect(plain(chinese)).toEqual(plain(english));
  const advice = ({ checks }: { checks: { advice: string }[] }) =>
    checks.map((check) => check.advice).join('');
  expect(advice(chinese)).toMatch(/侧脸/);
  expect(advice(english)).not.toMatch(/[\u4e00-\u9fff]/);
});

describe.skipIf(!HAS_TMUX)(
  'a terminal (skipped without tmux: apt-get install tmux)',
  { timeout: 120_000 },
  () => {
    test('of 80 columns holds every line, two columns a Chinese character', async () => {
      const terminal = await Terminal.open(COLUMNS, 24, folder);
      onTestFinished(() => terminal.close());
      await terminal.type('lpd check --lang zh-CN . 2> /dev/null');
      const lines = (await terminal.answer()).trimEnd().split('\n');
      expect(lines.length).toBeGreaterThan(3);
      for (const line of lines) {
        expect(widthOf(line)).toBeLessThanOrEqual(COLUMNS);
        // What goes on stands below its start, not below the outcome.
        expect(line).toMatch(/^(?:通过 {4}|不通过 {2}| {8})\S/);
      }
    });
  },
);
