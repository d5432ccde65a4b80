/** What was wrong with this very input, in Chinese: every sentence, with the strangest values that it can meet. */
import { describe, expect, test } from 'vitest';
import { foreignFormat } from '../../../src/core/image/foreign-format.ts';
import { detailIn } from '../../../src/core/words/details.ts';
import { ADDRESS_RULES } from '../../../src/download/address.ts';
import { valuesOf } from '../../../src/errors/fill.ts';
import {
  CLIENT_DETAILS,
  COMMAND_DETAILS,
  CORE_DETAILS,
  DAMAGE_DETAILS,
  DOWNLOAD_DETAILS,
  fill,
  flawedOption,
  OPTION_PROBLEMS,
  REQUEST_DETAILS,
  SERVICE_DETAILS,
} from '../../../src/errors.ts';
import { faultsOfSentence } from './faults.ts';

const CATALOGUES = {
  CORE_DETAILS,
  DAMAGE_DETAILS,
  DOWNLOAD_DETAILS,
  REQUEST_DETAILS,
  CLIENT_DETAILS,
  SERVICE_DETAILS,
  COMMAND_DETAILS,
};
const TEMPLATES = Object.entries(CATALOGUES).flatMap(([catalogue, details]) =>
  Object.entries(details).map(([name, template]) => [`${catalogue}.${name}`, template] as const),
);
/** Ends with what another program says, or with what a person types. */
const OPEN_ENDED = /\{(?:line|why|problem|detail)\}$|< file$/;

const chinese = (english: string) => detailIn('zh-CN', english);
const english = (template: string, value: (place: string) => string) =>
  template.replace(/\{(\w+)\}/g, (_, place: string) => value(place));
const placesOf = (template: string) => [...template.matchAll(/\{(\w+)\}/g)].map(([, place]) => place);

describe.each(TEMPLATES)('%s', (_name, template) => {
  test('is whole sentences in Chinese, with every value in it', () => {
    const told = chinese(english(template, (place) => `X${place}X`));
    expect(faultsOfSentence(OPEN_ENDED.test(template) ? `${told}。` : told, 'zh-CN')).toEqual([]);
    for (const place of placesOf(template)) expect(told).toContain(`X${place}X`);
    expect(detailIn('en', template)).toBe(template);
  });

  test('is known with strange values too', () => {
    for (const value of ['', '\n', '{name}', '$&', '人像.jpg', '\u202e', 'x'.repeat(255)]) {
      const told = english(template, () => value);
      expect(chinese(told)).not.toBe(told);
    }
  });
});

test('no two sentences are taken for each other', () => {
  const told = TEMPLATES.map(([, template]) => chinese(english(template, () => '1')));
  const same = TEMPLATES.filter((_, at) => told.indexOf(told[at] ?? '') !== at).map(([name]) => name);
  // Said of the same thing in the same words.
  expect(same).toEqual([]);
});

test.each(Object.entries(OPTION_PROBLEMS))('the option that %s', (_name, problem) => {
  const text = english(problem, (place) => `X${place}X`);
  for (const [given, shown] of [
    ['--port', '"a: b"'],
    ['LPD_KEY', 'its value'],
    ['LPD_DOWNLOAD_ALLOW', ''],
  ] as const) {
    const told = chinese(flawedOption(given, shown, text));
    expect(faultsOfSentence(told.replace(/".*?"/, 'X'), 'zh-CN')).toEqual([]);
    expect(told.startsWith(given)).toBe(true);
    for (const place of placesOf(problem)) expect(told).toContain(`X${place}X`);
  }
});

test('what a file is that no format fits has its Chinese name', () => {
  const starts = ['GIF8', '%PDF-', '\x1f\x8b', '<html>', '{', '\0\0\0\x14ftypheic\0\0\0\0', 'OggS'];
  for (const start of starts) {
    const format = foreignFormat(Buffer.from(start, 'latin1'), true);
    if (typeof format !== 'object') throw new Error(`${start} has no name`);
    const told = chinese(`The file is ${format.name}; send a JPEG, PNG, BMP or WebP.`);
    expect(told).toMatch(/^文件是.+，请改用 JPEG、PNG、BMP 或 WebP。$/);
    expect(told).not.toContain(format.name);
    expect(faultsOfSentence(told, 'zh-CN')).toEqual([]);
  }
});

test('what a service puts in front of it, and two sentences on end', () => {
  expect(detailIn('zh-CN', 'Input files format not supported. The JPEG has no scan.', 'image.corrupt')).toBe(
    'JPEG 里没有扫描数据。',
  );
  expect(chinese('onnxruntime does not load on linux x64. The networks do not load in WebAssembly.')).toBe(
    'onnxruntime 无法在 linux x64 上加载。神经网络无法在 WebAssembly 中加载。',
  );
  expect(chinese('LPD_BOOTSTRAP_KEY: This very key exists already, perhaps revoked.')).toBe(
    'LPD_BOOTSTRAP_KEY：这个 API Key 已经存在，可能已被吊销。',
  );
});

test('a text that no sentence was made of stays, and a long one takes no time', () => {
  for (const text of ['', 'connect ECONNREFUSED', 'The picture is ', 'The picture is 1 x 2 pixels; its']) {
    expect(chinese(text)).toBe(text);
  }
  // Tried with every way to share it out, this would not end.
  const hostile = `The picture is ${' x 1 pixels: its long edge is '.repeat(100_000)}`;
  expect(valuesOf(CORE_DETAILS.aspect, hostile)).toBeUndefined();
  expect(chinese(hostile)).toBe(hostile);
});

test.each(ADDRESS_RULES)('the refused block $block is called in Chinese', ({ name, block, source }) => {
  const rule = `${name} (${block}, ${source})`;
  const told = chinese(fill(DOWNLOAD_DETAILS.address, { host: '10.0.0.1', rule, opener: 'X=<its address>' }));
  expect(told).toContain(`（${block}，`);
  // Names of companies, protocols and standards stay.
  expect(told.replace(block, '')).not.toMatch(/\b[a-z]{3,}\b/);
});

test('lists of names are separated as Chinese does it', () => {
  expect(chinese(fill(CORE_DETAILS.enforce, { names: 'count, roll' }))).toContain('可用的值：count、roll。');
});
