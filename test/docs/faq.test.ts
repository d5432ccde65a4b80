/** The questions and answers: every token that can refuse a picture is there, with the limits that hold. */
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/core/checks/limits.ts';
import { ADVISORY_REASONS, FACE_REASONS } from '../../src/core/checks/reasons.ts';
import { CATALOGUE } from '../../src/errors.ts';
import { textOf } from './pages.ts';

const ABOUT_PICTURES = Object.keys(CATALOGUE).filter((token) => /^(?:image|download)\./.test(token));
const TOKENS = [...FACE_REASONS, ...ADVISORY_REASONS, ...ABOUT_PICTURES];

/** The tokens that have a row, and those rows. */
const rowsOf = (page: string) =>
  new Map(
    [...textOf(page).matchAll(/^\| `([a-z_]+\.[a-z_]+)` \|(.*)$/gm)].map(([, token, row]) => [
      token,
      row ?? '',
    ]),
  );

describe.each(['docs/faq.md', 'docs/zh-CN/faq.md'])('%s', (page) => {
  test('has a row for every token that can refuse a picture', () => {
    expect(TOKENS.filter((token) => !rowsOf(page).has(token))).toEqual([]);
  });

  test('names the limits that hold', () => {
    const cells = [...rowsOf(page).values()].join('\n');
    const named = [...cells.matchAll(/`((?:min|max)[A-Za-z]+)`\D*?(\d+(?:\.\d+)?)/g)];
    expect(named.length).toBeGreaterThan(10);
    for (const [, name, figure] of named) {
      expect(LIMITS[name as keyof typeof LIMITS].default, name).toBe(Number(figure));
    }
  });
});
