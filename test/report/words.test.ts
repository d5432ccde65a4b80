/** Every word of the contact sheet in both languages, with the longest and strangest values that it can meet. */
import { expect, test } from 'vitest';
import { LANGUAGES } from '../../src/core/words/catalogue.ts';
import { reportWordsIn } from '../../src/report/words.ts';
import { faultsOfLabel } from '../core/words/faults.ts';

test.each(LANGUAGES)('every word of the report is whole in %s', (language) => {
  const { outcomes, shown, face, wide, turned, score, ...plain } = reportWordsIn(language);
  const numbers = [0, 1, 2, 12, 1e9];
  const texts = [
    ...Object.values(plain),
    ...Object.values(outcomes),
    ...numbers.flatMap((number) => [
      shown(String(number), String(1e9)),
      face(number + 1, number + 1),
      wide(number),
      turned(number),
      turned(-number || 0),
      score(number.toFixed(1)),
    ]),
    // What the page's own script fills in.
    shown('{shown}', '{all}'),
  ];
  expect(texts.every((text) => typeof text === 'string')).toBe(true);
  expect(texts.flatMap((text) => faultsOfLabel(text, language).map((fault) => `${fault}: ${text}`))).toEqual(
    [],
  );
});
