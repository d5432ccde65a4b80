/** The Chinese pages say what the English ones say: a change to one that is not made to the other fails here. */
import { expect, test } from 'vitest';
import { anchorsOf, CODE_BLOCK, isThere, type Link, linksIn, PAIRS, textOf } from './pages.ts';

const MYRIAD = 10_000;

/** From one heading to the next: its level, and what is below it. */
interface Section {
  readonly level: number;
  readonly prose: string;
  readonly code: readonly string[];
}

function sectionsOf(page: string): Section[] {
  const blocks: string[] = [];
  const text = textOf(page).replace(CODE_BLOCK, (block) => `⟦${blocks.push(block) - 1}⟧`);
  return text
    .split(/^(?=#+ )/m)
    .filter((part) => part.trim() !== '')
    .map((part) => ({
      level: /^#*/.exec(part)?.[0].length ?? 0,
      prose: part.replace(/⟦\d+⟧/g, ''),
      code: [...part.matchAll(/⟦(\d+)⟧/g)].map(([, index]) => blocks[Number(index)] ?? ''),
    }));
}

/** A block without its comments, which are words: `# …` and `// …` behind a blank or at a line's start. */
const withoutComments = (block: string) => block.replace(/(^|\s+)(#|\/\/) .*$/gm, '');

const isRow = (line: string) => /^\s*\|/.test(line);

const cellsOf = (row: string) =>
  row
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

/** The rows of a section's tables. Cells of figures stay, of words only `…` is left, since words are translated. */
const tablesOf = ({ prose }: Section) =>
  prose
    .split('\n')
    .filter(isRow)
    .map((row) => cellsOf(row).map((cell) => (/^[\d.,%\s–-]*$/.test(cell) ? cell.replace(/\s/g, '') : '…')));

const itemsOf = ({ prose }: Section) =>
  prose.split('\n').filter((line) => /^\s*(?:[*-]|\d+\.) /.test(line)).length;

/** Inline code: commands, tokens, names of members. Each counts once, since sentences differ. */
const codesOf = ({ prose }: Section) =>
  [...new Set([...prose.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.replace(/\s+/g, ' ')))].sort();

/** The figures of the prose, those of code and of links aside. "10 万" is 100000, as "100,000" is. */
function figuresOf({ prose }: Section): string[] {
  const words = prose.replace(/`[^`]+`/g, '').replace(/\]\([^)]*\)/g, ']');
  const figures = [...words.matchAll(/(?<![A-Za-z\d.])(\d[\d,]*(?:\.\d+)*)(?:\s?(万))?/g)];
  const values = figures.map(([, figure = '', myriads]) => {
    const plain = figure.replace(/,(?=\d{3})/g, '').replace(/,$/, '');
    return myriads === undefined ? plain : String(Number(plain) * MYRIAD);
  });
  return [...new Set(values)].sort();
}

const toEnglish = new Map(PAIRS.map(([english, chinese]) => [chinese, english]));

/** The English page and heading that a link leads to: of a translated page, the headings' order tells which. */
function destination({ target, anchor }: Link): string {
  const english = toEnglish.get(target) ?? target;
  if (anchor === '') return english;
  const place = anchorsOf(target).indexOf(anchor);
  return `${english}#${anchorsOf(english)[place]}`;
}

const linksOf = (section: Section, page: string) =>
  [...new Set(linksIn(section.prose, page).map(destination))].sort();

test.each(PAIRS)(
  '%s and %s are alike in headings, tables, lists, code, figures and links',
  (english, chinese) => {
    expect(isThere(english), english).toBe(true);
    const ours = sectionsOf(english);
    const theirs = sectionsOf(chinese);
    expect(theirs.map(({ level }) => level)).toEqual(ours.map(({ level }) => level));
    for (const [index, section] of ours.entries()) {
      const other = theirs[index] as Section;
      const place = `${chinese} says something else than ${english} below "${other.prose.split('\n')[0]}"`;
      expect(other.code.map(withoutComments), place).toEqual(section.code.map(withoutComments));
      expect(tablesOf(other), place).toEqual(tablesOf(section));
      expect(itemsOf(other), place).toBe(itemsOf(section));
      expect(codesOf(other), place).toEqual(codesOf(section));
      expect(figuresOf(other), place).toEqual(figuresOf(section));
      expect(linksOf(other, chinese), place).toEqual(linksOf(section, english));
    }
  },
);

test.each(PAIRS.map(([, chinese]) => chinese))('%s has no paragraph that is still in English', (page) => {
  const lines = sectionsOf(page).flatMap(({ prose }) => prose.split('\n'));
  const words = lines.map((line) => line.replace(/`[^`]+`/g, '').replace(/\]\([^)]*\)/g, ']'));
  const isEnglish = (line: string) => /(?:[A-Za-z]+ ){4}/.test(line) && !/\p{Script=Han}/u.test(line);
  expect(words.filter(isEnglish)).toEqual([]);
});
