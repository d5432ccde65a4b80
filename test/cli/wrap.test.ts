/** Lines of a terminal, in Chinese. */
import widthOf from 'string-width';
import { describe, expect, test } from 'vitest';
import wrapAnsi from 'wrap-ansi';
import { wrapText } from '../../src/cli/wrap.ts';
import { errorWords } from '../../src/core/words/errors.ts';
import { CATALOGUE, type ErrorCode } from '../../src/errors.ts';

const ADVICE = (Object.keys(CATALOGUE) as ErrorCode[])
  .map((code) => {
    const { when, advice } = errorWords(code, 'zh-CN');
    return `${when}${advice}（见 docs/errors.md）“引文”`;
  })
  .join('');

describe.each([20, 21, 60, 80])('%d columns', (columns) => {
  const lines = wrapText(ADVICE, columns).split('\n');

  test('are never exceeded, and used', () => {
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
    // A word of Latin letters may leave a gap; on the whole, lines are full.
    const full = lines.slice(0, -1).filter((line) => widthOf(line) > columns - 14);
    expect(full.length / lines.length).toBeGreaterThan(columns < 60 ? 0.5 : 0.85);
  });

  test('no line begins with a mark that closes, or ends with one that opens', () => {
    for (const line of lines) expect(line).not.toMatch(/^[，。、！？：；）」』”]|[（「『“]$/);
  });

  test('nothing is lost', () => {
    expect(lines.join('').replaceAll(' ', '')).toBe(ADVICE.replaceAll(' ', ''));
  });
});

test('English is broken as before, and a path by force', () => {
  const english = 'The head is turned 71° to the side (limit 50°). Use a picture that shows both eyes.';
  expect(wrapText(english, 30)).toBe(wrapAnsi(english, 30, { hard: true }));
  const path = `找不到文件 /${'a'.repeat(70)}.jpg。`;
  const lines = wrapText(path, 30).split('\n');
  expect(lines[0]).toBe('找不到文件');
  expect(lines.every((line) => widthOf(line) <= 30)).toBe(true);
  expect(lines.join('')).toBe(path.replace(' ', ''));
});

test('lines that are there stay, and colours take no room', () => {
  expect(wrapText('人像\n\n  检测', 60)).toBe('人像\n\n  检测');
  const painted = '\u001b[31m人脸被遮挡\u001b[39m，请换一张图片。';
  expect(wrapText(painted, 10)).toBe('\u001b[31m人脸被遮\n挡\u001b[39m，请换一\n张图片。');
});
