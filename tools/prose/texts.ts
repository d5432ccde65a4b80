/** What people read in English, apart from code and from what is not ours. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A text with its lines where they are in its file. */
export interface Text {
  readonly file: string;
  readonly text: string;
  /** Whole sentences on end, rather than strings between code. */
  readonly isPage: boolean;
  /** Comments, which only some patterns are looked for in. */
  readonly isComment?: true;
}

/** The prose of every English page, and of all sources the strings (catalogues, help, options, what errors say) and the comments. */
export function texts(): Text[] {
  const docs = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  const pages = ['README.md', 'CONTRIBUTING.md', ...docs.map((name) => `docs/${name}`)];
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('zh-cn'))
    .map((name) => `src/${name}`);
  return [
    ...pages.map((file) => ({ file, text: proseOf(read(file)), isPage: true })),
    ...sources.map((file) => ({ file, text: stringsOf(read(file)), isPage: false })),
    ...sources.map((file) => ({
      file,
      text: commentsOf(read(file)),
      isPage: false,
      isComment: true as const,
    })),
  ];
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** The same number of lines, with nothing on them. */
const blank = (text: string) => text.replace(/[^\n]+/g, '');

/** Markdown without its code, and without the addresses of its links. */
export function proseOf(markdown: string): string {
  return markdown
    .replace(/^```.*?^```/gms, blank)
    .replace(/`[^`\n]*`/g, 'X')
    .replace(/\]\([^)\n]*\)/g, ']');
}

/** Strings of a source, each on its line. What the vendor says in `message` is not ours, and comments are not read here. */
export function stringsOf(source: string): string {
  return source
    .replace(/\/\*.*?\*\//gs, blank)
    .replace(/^\s*\/\/.*$/gm, blank)
    .replace(/message:\s*(?:'[^']*'|"[^"]*"|`[^`]*`)/g, blank)
    .replace(/`((?:[^`\\]|\\.)*)`|'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|[^\n]/g, (_all, a, b, c) => {
      const string: string | undefined = a ?? b ?? c;
      return string === undefined ? '' : `|${string.replace(/\$\{[^}]*\}/g, 'X')}|`;
    });
}

/** Comments of a source, each on its line, without the names and calls that they quote. */
export function commentsOf(source: string): string {
  let comments = '';
  let at = 0;
  for (const { 0: found, index } of source.matchAll(/\/\*.*?\*\/|^\s*\/\/[^\n]*/gms)) {
    comments += blank(source.slice(at, index));
    comments += found.replace(/`[^`\n]*`/g, 'X').replace(/^\s*(?:\/\*\*?|\*\/|\*|\/\/)/gm, '');
    at = index + found.length;
  }
  return comments + blank(source.slice(at));
}
