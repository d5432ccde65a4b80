/** Every string of the page, in every language, with the longest and strangest values that it can meet. */
import { expect, test } from 'vitest';
import { PRESETS } from '../../src/core/checks/presets.ts';
import { ADVISORY_REASONS, FACE_REASONS } from '../../src/core/checks/reasons.ts';
import { LANGUAGES, type Language } from '../../src/core/words/catalogue.ts';
import { CATALOGUE } from '../../src/errors.ts';
import { problem, tellProblem } from '../../web/src/api/problem.ts';
import { asked, PAGE_WORDS, spokenIn } from '../../web/src/words/catalogue.ts';
import { FAILURES } from '../../web/src/words/failures.ts';
import { reasonWords } from '../../web/src/words/reasons.ts';
import { faultsOfLabel, faultsOfSentence } from '../core/words/faults.ts';

const LONG_NAME = `${'portrait '.repeat(20).trim()}.jpg`;
const LONGEST = Math.max(...PRESETS.map(({ title }) => title.length));
const GENERATOR = PRESETS.find(({ title }) => title.length === LONGEST)!.title;

/** What sentences are called, by the last part of their path. */
const SENTENCES =
  /(?:^|\.)(?:what|failures\.\S+\.advice|text|badAddress|privacy|notLoaded|allDone|byBrowser|byService|nearLimit|unsureHint|notHere|notShown|noFace|notFixedHere|noFix|onlyYourLimits|otherFaces|converted|unopened\.(?:what|advice|fix|phones)|notSaved|strangeLink|linkHint|kept\.\w+|packed\.(?:saved|tooMany|unreadable)|passes|meanings\.\w+|qualityMeanings\.\w+)(?:\(|$)/;

/** What the functions of the catalogue are called with, by their path. */
const CALLS: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  'status.titled': [],
  'status.allDone': [[2], [12_345]],
  'checks.unmeasured': [[1], [20]],
  'status.ready': [[0, 12_345]],
  'status.pace': [
    [0.04, 99],
    [123.4, 86_400],
  ],
  // Names stay as they are: `verdict.passes` has one in a sentence.
  'intake.called': [],
  'verdict.passes': [
    [GENERATOR, true],
    [GENERATOR, false],
  ],
  'verdict.cropTo': [[10]],
  'verdict.notFixed': [],
  'verdict.passesYours': [],
  'verdict.converted': [['JPEG 2000']],
  'unopened.title': [],
  'unopened.what': [['HEIC'], ['JPEG XL']],
  'checks.bound': [
    ['atLeast', '50%'],
    ['atMost', '50%'],
  ],
  'checks.standing': [
    ['pass', false],
    ['unknown', true],
  ],
  'checks.enforceLabel': [],
  'checks.limitOf': [],
  'stage.taken': [[100]],
  'stage.seenAt': [
    [4096, 256, 0.06],
    [37, 256, 6.92],
  ],
  'stage.beforeAlt': [],
  'stage.face': [0, 1, 2].flatMap((third) =>
    [1, 100].map((count) => [
      { count, width: 4096, across: third, down: 2 - third, pose: { yaw: -0.2, pitch: 0.2, roll: 0 } },
    ]),
  ),
  'facts.turnedBy': [[1], [6]],
  'facts.faceWidth': [[37, 0.004]],
  'facts.region': [],
  'facts.quality': [[0], [100]],
  'table.title': [[1], [12_345]],
  'table.toList': [[1], [12_345]],
  'table.retry': [[1], [12_345]],
  'table.more': [[250]],
  'table.remove': [],
  'table.savePassing': [[1], [12_345]],
  'table.saveFixed': [[1], [12_345]],
};

/** These say a name, a number or a sentence of somebody else's as they are given it. */
const OTHERS_WORDS: ReadonlySet<string> = new Set(['value', 'bytes', 'list', 'name', 'key.label']);

test.each(LANGUAGES)('%s: every string is whole, plain and in its language', (language) => {
  const faults: string[] = [];
  for (const [path, text] of stringsOf(PAGE_WORDS[language])) {
    const found = SENTENCES.test(path) ? faultsOfSentence(text, language) : faultsOfLabel(text, language);
    faults.push(...found.map((fault) => `${path}: ${fault}: ${text}`));
  }
  expect(faults).toEqual([]);
});

test.each(LANGUAGES)('%s: what is given is in what is said', (language) => {
  const words = PAGE_WORDS[language];
  expect(words.table.remove(LONG_NAME)).toContain(LONG_NAME);
  expect(words.stage.beforeAlt(LONG_NAME)).toContain(LONG_NAME);
  expect(words.verdict.notFixed(LONG_NAME)).toContain(LONG_NAME);
  expect(words.verdict.passesYours(LONG_NAME)).toContain(LONG_NAME);
  expect(words.status.titled(LONG_NAME)).toContain(LONG_NAME);
  expect(words.unopened.title('HEIC')).toContain('HEIC');
  for (const say of [words.checks.enforceLabel, words.checks.limitOf]) {
    for (const name of Object.values(spokenIn(language).core.checks)) expect(say(name)).toContain(name);
  }
});

test.each(LANGUAGES)(
  '%s: every failure and every reason has words, and none is meant for operators',
  (language) => {
    const spoken = spokenIn(language);
    for (const code of [...Object.keys(CATALOGUE), ...FAILURES, 'a.code.of.tomorrow']) {
      const { title, what, advice } = tellProblem(problem(code), spoken);
      expect(faultsOfLabel(title, language), code).toEqual([]);
      expect(faultsOfSentence(what, language), `${code}: ${what}`).toEqual([]);
      expect(faultsOfSentence(advice, language), `${code}: ${advice}`).toEqual([]);
      expect(advice).not.toMatch(/LPD_|liveportrait-detect|--\w/);
      expect(reasonWords(code, spoken)).toBe(title);
    }
    for (const reason of [...FACE_REASONS, ...ADVISORY_REASONS])
      expect(reasonWords(reason, spoken)).not.toBe('');
  },
);

test.each(LANGUAGES)('%s: a check is named by what it measures, since it stands in green too', (language) => {
  for (const name of Object.values(spokenIn(language).core.checks))
    expect(name).not.toMatch(/\btoo\b|[过太]/i);
});

test('the page begins in the first of the languages that the browser asks for, and English otherwise', () => {
  const expected: readonly (readonly [readonly string[], Language])[] = [
    [['zh-CN', 'en'], 'zh-CN'],
    [['fr', 'zh-TW', 'en'], 'zh-CN'],
    [['de-AT', 'en-US'], 'en'],
    [['fr'], 'en'],
    [[], 'en'],
  ];
  for (const [tags, language] of expected) expect(asked(tags)).toBe(language);
});

/** Every string of a catalogue with its path; functions are called with what they can meet. */
function stringsOf(node: object, path = ''): (readonly [string, string])[] {
  return Object.entries(node).flatMap(([name, value]) => {
    const here = path === '' ? name : `${path}.${name}`;
    if (OTHERS_WORDS.has(here)) return [];
    if (typeof value === 'string') return [[here, value] as const];
    if (typeof value !== 'function') return stringsOf(value, here);
    const calls = CALLS[here];
    if (calls === undefined) throw new Error(`Nothing is known of what ${here} is called with.`);
    return calls.map((given) => [here, value(...given)] as const);
  });
}
