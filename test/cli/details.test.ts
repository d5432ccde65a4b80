/** What was wrong with this very input, in Chinese: every sentence, with the strangest values that it can meet. */
import { describe, expect, test } from 'vitest';
import { cliWordsIn } from '../../src/cli/words/catalogue.ts';
import { foreignFormat } from '../../src/core/image/foreign-format.ts';
import { COMMAND_DETAILS } from '../../src/errors/command-details.ts';
import { CORE_DETAILS } from '../../src/errors/core-details.ts';
import { valuesOf } from '../../src/errors/fill.ts';
import { faultsOfSentence } from '../core/words/faults.ts';
import { run } from './run.ts';

const { detail } = cliWordsIn('zh-CN').run;
const english = (template: string, value: (place: string) => string) =>
  template.replace(/\{(\w+)\}/g, (_, place: string) => value(place));

describe.each(Object.entries({ ...CORE_DETAILS, ...COMMAND_DETAILS }))('%s', (_name, template) => {
  test('is whole sentences in Chinese, with every value in it', () => {
    const told = detail(english(template, (place) => `X${place}X`));
    expect(faultsOfSentence(told, 'zh-CN')).toEqual([]);
    for (const [, place] of template.matchAll(/\{(\w+)\}/g)) expect(told).toContain(`X${place}X`);
    expect(cliWordsIn('en').run.detail(template)).toBe(template);
  });

  test('is known with strange values too', () => {
    for (const value of ['', '\n', '{name}', '$&', '人像.jpg', '\u202e', 'x'.repeat(255)]) {
      expect(detail(english(template, () => value))).not.toBe(english(template, () => value));
    }
  });
});

test('what a file is that no format fits has its Chinese name', () => {
  const starts = ['GIF8', '%PDF-', '\x1f\x8b', '<html>', '{', '\0\0\0\x14ftypheic\0\0\0\0', 'OggS'];
  for (const start of starts) {
    const format = foreignFormat(Buffer.from(start, 'latin1'), true);
    if (typeof format !== 'object') throw new Error(`${start} has no name`);
    const told = detail(`The file is ${format.name}; send a JPEG, PNG, BMP or WebP.`);
    expect(told).toMatch(/^文件是.+，请改用 JPEG、PNG、BMP 或 WebP。$/);
    expect(told).not.toContain(format.name);
    expect(faultsOfSentence(told, 'zh-CN')).toEqual([]);
  }
});

test('a text that no sentence was made of stays, and a long one takes no time', () => {
  for (const text of ['', 'connect ECONNREFUSED', 'The picture is ', 'The picture is 1 x 2 pixels; its']) {
    expect(detail(text)).toBe(text);
  }
  // Tried with every way to share it out, this would not end.
  const hostile = `The picture is ${' x 1 pixels: its long edge is '.repeat(100_000)}`;
  expect(valuesOf(CORE_DETAILS.aspect, hostile)).toBeUndefined();
  expect(detail(hostile)).toBe(hostile);
});

test('the command line tells it in Chinese, and a machine reads what it read before', async () => {
  const env = { LANG: 'zh_CN.UTF-8' };
  const near = await run(['check', '--for', 'halo', 'a.jpg'], { env });
  expect(near.err).toContain('没有名为 "halo" 的预设。是不是想写 --for hallo？可用的有：');
  const folder = await run(['check', '--policy', '.', 'a.jpg'], { env });
  expect(folder.err).toContain('详情：阈值配置文件 . 是文件夹，不是文件。');
  const english = await run(['check', '/nowhere']);
  expect(english.err).toMatch(/^There is no file or folder \/nowhere\./);
  expect(await run(['check', '--for', 'halo', 'a.jpg', '--lang', 'en'], { env })).toMatchObject({
    err: expect.stringContaining('There is no preset "halo". Is --for hallo meant? There are: '),
  });
});
