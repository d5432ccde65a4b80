/** The documents: what they link to is there, and each can be reached from the README. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'MODEL_CARD.md',
  'examples/README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const textOf = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  const kept = heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, '');
  return kept.replaceAll(' ', '-');
}

/** Links to files of the repository: the file, relative to the root, and the anchor in it. */
function linksOf(page: string): { target: string; anchor: string }[] {
  const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links
    .filter((link) => !link.startsWith('http'))
    .map((link) => {
      const [path = '', anchor = ''] = link.split('#');
      return { target: path === '' ? page : normalize(join(dirname(page), path)), anchor };
    });
}

test.each(pages)('%s links to nothing that is not there', (page) => {
  for (const { target, anchor } of linksOf(page)) {
    expect(existsSync(join(ROOT, target)), target).toBe(true);
    if (anchor === '') continue;
    const anchors = [...textOf(target).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));
    expect(anchors, target).toContain(anchor);
  }
});

test('the README links to every page of docs/', () => {
  const linked = linksOf('README.md').map(({ target }) => target);
  for (const page of pages.filter((name) => name.startsWith('docs/'))) expect(linked).toContain(page);
});
