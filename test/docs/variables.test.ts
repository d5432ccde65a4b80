/** The program refuses variables that begin as its own do and are none of them: what the pages and recipes set has to be known to it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KEY_VARIABLE } from '../../src/cli/server.ts';
import { OPTIONS } from '../../src/server/options.ts';
import { PAGES, ROOT, textOf } from './pages.ts';

const RECIPES = readdirSync(join(ROOT, 'examples/recipes')).map((name) => `examples/recipes/${name}`);
const KNOWN = new Set([KEY_VARIABLE, ...Object.values(OPTIONS).map(({ variable }) => variable)]);
/** A whole name: what ends in `_…` stands for several. Those of the tests are let through. */
const NAME = /\bLPD_(?!TEST_)[A-Z0-9]+(?:_[A-Z0-9]+)*\b(?!_)/g;

test.each([...PAGES, ...RECIPES])('%s names variables of the program', (page) => {
  const names = [...new Set(textOf(page).match(NAME) ?? [])];
  expect(names.filter((name) => !KNOWN.has(name))).toEqual([]);
});
