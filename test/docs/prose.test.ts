/** `npm run lint` reads everything English that people read; here, that it finds what it is for, and nothing in code. */
import { expect, test } from 'vitest';
import { findingsIn } from '../../tools/prose/lint.ts';
import { commentsOf, proseOf, stringsOf, texts } from '../../tools/prose/texts.ts';

const found = (text: string) =>
  findingsIn({ file: 'a.md', text, isPage: true }).map((finding) => finding.found);

test.each([
  ['It is no picture.', ['is no picture']],
  ['There is no picture, and it is no longer there; there is none.', []],
  ['Why there is no picture that passes.', ['there is no picture that passes']],
  ['Of these, 4096 is the most.', ['4096 is the most']],
  ['The file has 12 px; 56 px is good.', ['56 px is good']],
  ['A check shall pass. Besides, it goes on.', ['shall', 'Besides', 'goes on']],
  ['Refused, whatever the name says.', ['whatever']],
  ['A line a picture, at 5 requests a second, once a day.', ['A line a picture']],
  ['Look at the the picture.', ['the']],
  ['Plain words: at most 4096 px, one line per picture.', []],
])('%s', (text, expected) => {
  expect(found(text).sort()).toEqual([...expected].sort());
});

test('code, links and the vendor are left out, and lines stay where they are', () => {
  const page = 'One `shall` here.\n\n```\nshall\n```\n\n[text](shall.md) shall';
  expect(findingsIn({ file: 'a.md', text: proseOf(page), isPage: true })).toMatchObject([{ line: 7 }]);
  const source = "/* shall */\n// shall\nconst shall = 'plain';\nmessage: 'You shall',\nadvice: 'You shall',";
  expect(findingsIn({ file: 'a.ts', text: stringsOf(source), isPage: false })).toMatchObject([{ line: 5 }]);
});

test('comments are read for what is never right in one', () => {
  const source =
    "const a = 'shall';\n/**\n * It is no picture,\n * whatever it is called.\n */\nconst b = 1; // It is none.\n// `shall` and shall";
  const text = commentsOf(source);
  expect(findingsIn({ file: 'a.ts', text, isPage: false, isComment: true })).toMatchObject([
    { line: 3, found: 'is no picture' },
    { line: 7, found: 'shall' },
  ]);
});

test('it reads the pages, the catalogues, the help and the options', () => {
  const files = new Map(
    texts()
      .filter(({ isComment }) => isComment === undefined)
      .map(({ file, text }) => [file, text]),
  );
  for (const [file, part] of [
    ['README.md', 'talking portrait'],
    ['docs/faq.md', 'refused'],
    ['src/core/words/en/checks.ts', 'Use a picture that shows both eyes'],
    ['src/cli/words/en/help.ts', 'say which pictures will work'],
    ['src/errors/pictures.ts', 'Scale the picture down'],
    ['src/server/options.ts', 'new jobs and uploads are refused'],
  ] as const) {
    expect(files.get(file), file).toContain(part);
  }
  expect([...files.keys()].filter((file) => /zh-cn|zh-CN/i.test(file))).toEqual([]);
});
