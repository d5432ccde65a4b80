import { expect, test } from 'vitest';
import { inLanguage } from '../../../src/core/checks/in-language.ts';
import { judge } from '../../../src/core/checks/judge.ts';
import { DEFAULT_POLICY } from '../../../src/core/checks/policy.ts';
import type { Inspection } from '../../../src/core/inspection.ts';
import { LANGUAGES, wordsIn } from '../../../src/core/words/catalogue.ts';
import { evidence, NO_FACE } from './evidence.ts';

const heads = evidence().subject!.heads;

test.each([
  [
    'turned down and unsure',
    evidence({ pose: { yaw: 61, pitch: -40, roll: 95 }, heads: { ...heads, obstructed: 0.6 } }),
  ],
  [
    'covered',
    evidence({
      heads: { ...heads, obstructed: 0.9 },
      cover: { class: 'hand', regions: ['mouth'], area: [] },
    }),
  ],
  ['empty', NO_FACE],
])('what was judged in one language reads as if it had been judged in another: %s', (_name, seen) => {
  const judged = LANGUAGES.map(
    (language) =>
      ({
        ...seen,
        ...judge(seen, DEFAULT_POLICY, wordsIn(language)),
        crop: null,
        quality: null,
      }) as Inspection,
  );
  for (const from of judged) {
    for (const [at, language] of LANGUAGES.entries()) expect(inLanguage(from, language)).toEqual(judged[at]);
  }
  const [first, second] = judged.map(({ checks }) => checks.map(({ advice }) => advice));
  expect(first).not.toEqual(second);
});
