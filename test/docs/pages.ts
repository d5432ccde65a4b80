/** The pages that people read, and what they link to. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Chinese pages lie here, under the names of the English ones in `docs/`. */
export const CHINESE = 'docs/zh-CN';

const pagesOf = (folder: string) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);

/** Every page, relative to the root. */
export const PAGES: readonly string[] = [
  'README.md',
  'README.zh-CN.md',
  'CONTRIBUTING.md',
  'MODEL_CARD.md',
  'examples/README.md',
  ...pagesOf('docs'),
  ...pagesOf(CHINESE),
];

/** Each page that there is in Chinese: the English one, and the Chinese one. */
export const PAIRS: readonly (readonly [string, string])[] = [
  ['README.md', 'README.zh-CN.md'],
  ...pagesOf(CHINESE).map((page) => [page.replace(`${CHINESE}/`, 'docs/'), page] as const),
];

export const textOf = (page: string) => readFileSync(join(ROOT, page), 'utf8');

export const isThere = (path: string) => existsSync(join(ROOT, path));

/** A fenced block, fences included. */
export const CODE_BLOCK = /^( *)```.*?^\1```$/gms;

/** The anchors that GitHub gives the headings of a page, in their order. */
export function anchorsOf(page: string): string[] {
  return [
    ...textOf(page)
      .replace(CODE_BLOCK, '')
      .matchAll(/^#+ (.*)$/gm),
  ].map(([, heading = '']) =>
    heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** A link to a file of the repository: the file, relative to the root, and the anchor in it. */
export interface Link {
  readonly target: string;
  readonly anchor: string;
}

/** The links and pictures in a text. @param page where the text is from */
export function linksIn(text: string, page: string): Link[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links
    .filter((link) => !link.startsWith('http'))
    .map((link) => {
      const [path = '', anchor = ''] = link.split('#');
      return { target: path === '' ? page : normalize(join(dirname(page), path)), anchor };
    });
}
