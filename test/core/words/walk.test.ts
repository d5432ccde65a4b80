/** Every string of every language, with the longest and strangest values that it can meet. */
import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../../src/core/checks/limits.ts';
import { ADVISORY_REASONS, FACE_REASONS } from '../../../src/core/checks/reasons.ts';
import { RULES } from '../../../src/core/checks/rules.ts';
import { COVER_CLASSES, QUALITY_PARTS } from '../../../src/core/inspection.ts';
import { LANGUAGES, type Language, languageOf, wordsIn } from '../../../src/core/words/catalogue.ts';
import { errorWords } from '../../../src/core/words/errors.ts';
import type { CheckId, ToldCover, Words } from '../../../src/core/words/words.ts';
import { CATALOGUE, type ErrorCode } from '../../../src/errors.ts';
import { faultsOfLabel, faultsOfSentence } from './faults.ts';

const REGIONS = ['leftEye', 'rightEye', 'nose', 'mouth', 'chin'] as const;
/** Every class over every set of regions. */
const COVERS: readonly (ToldCover | null)[] = [
  null,
  ...COVER_CLASSES.flatMap((name) =>
    Array.from({ length: 2 ** REGIONS.length }, (_, set) => ({
      class: name,
      regions: REGIONS.filter((_region, at) => (set >> at) & 1),
    })),
  ),
];

/** What a function of the advice takes beside value and limit. */
const REST: { readonly [Id in CheckId]?: readonly unknown[] } = {
  face: [true, false],
  share: [true, false],
  size: [0, 1e6],
  upright: [0, 1, 2, 3],
  pitch: ['up', 'down'],
  visible: COVERS,
  eyes_visible: COVERS,
};

function* adviceOf(advice: Words['advice']): Generator<[string, string]> {
  for (const { id, limit: name } of RULES) {
    const { min, max, default: usual } = LIMITS[name];
    const tell = advice[id] as (value: number, limit: number, rest: unknown) => string;
    for (const limit of [min, max, usual, usual + 0.0004]) {
      for (const value of [min, max, limit + 1e-9, limit - 1e-9, 1 / 3, 1e9, -1e-9]) {
        for (const rest of REST[id] ?? [undefined]) {
          yield [`${id} ${value} ${limit} ${JSON.stringify(rest)}`, tell(value, limit, rest)];
        }
      }
    }
  }
}

/** Everything that a repair can say. */
function repairs({ repair }: Words): Record<string, string> {
  const sizes = [
    { width: 1, height: 99_999 },
    { width: 800, height: 600 },
  ] as const;
  const whys = ['small', 'other', 'long', { generator: 'Wan2.2-S2V on DashScope (wan2.2-s2v)' }] as const;
  const said = [
    repair.notApart,
    repair.converted('JPEG 2000'),
    ...([0, 1, 2, 3] as const).map(repair.turned),
    repair.oriented(8),
    ...whys.map((why) => repair.cropped(...sizes, why)),
    repair.scaled(sizes[0], 4096, null),
    repair.scaled(sizes[1], 512, 'Hallo, Hallo 2'),
    repair.compressed(123_456_789, 10_485_760),
    repair.compressedTo(sizes[1], 80, 10_485_760),
    repair.compressedTo(sizes[1], null, 10_485_760),
  ];
  return Object.fromEntries(said.map((text, at) => [`repair ${at}`, text]));
}

describe.each(LANGUAGES)('%s', (language: Language) => {
  const words = wordsIn(language);
  const expectSentences = (entries: Iterable<readonly [string, string]>) => {
    const faulty = [...entries].flatMap(([name, text]) =>
      faultsOfSentence(text, language).map((fault) => `${name}: ${fault}: ${text}`),
    );
    expect(faulty).toEqual([]);
  };

  test('every advice is whole sentences', () => expectSentences(adviceOf(words.advice)));

  test('so is what is said of doubt, of covers and of the quality', () => {
    const shares = [0, 1, 1 / 3, 1e-9, 2, 90, 180];
    const quality = Object.entries(words.quality).flatMap(([name, say]) =>
      typeof say === 'string'
        ? [[name, say] as const]
        : shares.flatMap((share) =>
            (['up', 'down'] as const).map((looks) => [`${name} ${share}`, say(share, looks)] as const),
          ),
    );
    expectSentences([
      ['notSure', words.notSure],
      ...Object.entries(repairs(words)),
      ...RULES.map(({ id }) => [id, words.passNotSure(id, 0.4999, 0.5)] as const),
      ...COVERS.map((cover) => [JSON.stringify(cover), words.coverSentence(cover)] as const),
      ...quality,
      ['join', words.join([words.notSure, words.notSure])],
    ]);
  });

  test('every error says when it happens and what to do', () => {
    const codes = Object.keys(CATALOGUE) as ErrorCode[];
    expectSentences(
      codes.flatMap((code) =>
        Object.entries(errorWords(code, language))
          .filter(([member]) => member === 'when' || member === 'advice')
          .map(([member, text]) => [`${code} ${member}`, String(text)] as const),
      ),
    );
  });

  test('every check, reason and part has its name', () => {
    expect(Object.keys(words.checks).sort()).toEqual(RULES.map(({ id }) => id).sort());
    expect(Object.keys(words.advice).sort()).toEqual(RULES.map(({ id }) => id).sort());
    expect(Object.keys(words.reasons).sort()).toEqual([...FACE_REASONS, ...ADVISORY_REASONS].sort());
    expect(Object.keys(words.qualityParts).sort()).toEqual([...QUALITY_PARTS].sort());
    const { checks, reasons, qualityParts, coverClasses, regions } = words;
    const names = [checks, reasons, qualityParts, coverClasses, regions].flatMap((group) =>
      Object.values<string>(group),
    );
    expect(
      names.flatMap((name) => faultsOfLabel(name, language).map((fault) => `${name}: ${fault}`)),
    ).toEqual([]);
  });
});

test('a tag means the language that is nearest to it', () => {
  const asked = ['zh-CN', 'zh', 'zh-Hans-SG', 'ZH_tw', 'zh-hant', 'en-US', 'EN', 'de', '*', '', 'zhx'];
  expect(asked.map((tag) => languageOf(tag))).toEqual([
    ...Array(5).fill('zh-CN'),
    'en',
    'en',
    ...Array(4).fill(undefined),
  ]);
});
