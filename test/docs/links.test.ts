/** The documents: what they link to is there, and each can be reached from the README of its language. */
import { expect, test } from 'vitest';
import { anchorsOf, CHINESE, isThere, linksIn, PAGES, PAIRS, textOf } from './pages.ts';

const linksOf = (page: string) => linksIn(textOf(page), page);

test.each(PAGES)('%s links to nothing that is not there', (page) => {
  for (const { target, anchor } of linksOf(page)) {
    expect(isThere(target), target).toBe(true);
    if (anchor !== '') expect(anchorsOf(target), target).toContain(anchor);
  }
});

/** A file or folder of the repository in inline code; what a command makes in its cache is there after it only. */
const NAMED = /`((?:src|test|tools|bench|deploy|web|examples|\.ci|\.github)\/(?!train\/cache)[\w./-]+)`/g;

test.each(PAGES)('%s names no file that is not there', (page) => {
  const named = [...textOf(page).matchAll(NAMED)].map(([, path = '']) => path);
  expect(named.filter((path) => !isThere(path))).toEqual([]);
});

test('the README links to every page of docs/', () => {
  const linked = linksOf('README.md').map(({ target }) => target);
  const english = PAGES.filter((name) => name.startsWith('docs/') && !name.startsWith(CHINESE));
  for (const page of english) expect(linked).toContain(page);
});

test('the Chinese README links to every page of docs/, in Chinese where it is there', () => {
  const linked = linksOf('README.zh-CN.md').map(({ target }) => target);
  const chinese = new Map(PAIRS);
  const english = PAGES.filter((name) => name.startsWith('docs/') && !name.startsWith(CHINESE));
  for (const page of english) expect(linked).toContain(chinese.get(page) ?? page);
});

test.each(PAIRS)('%s and %s link to each other at their top', (english, chinese) => {
  const [toChinese] = linksOf(english);
  const [toEnglish] = linksOf(chinese);
  expect(toChinese?.target).toBe(chinese);
  expect(toEnglish?.target).toBe(english);
});
