/** The quality: what it promises of every number that it is made from. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lossOf, qualityOf, scoreOf, weakestOf, weakestWords } from '../../../src/core/checks/quality.ts';
import { PARTS } from '../../../src/core/checks/quality-parts.ts';
import type { Evidence } from '../../../src/core/checks/rule.ts';
import { type Face, QUALITY_PARTS, type QualityPart, type Subject } from '../../../src/core/inspection.ts';
import { qualityMarkdown } from '../../../tools/docs/quality.ts';
import { evidence, NO_FACE, SURFACE } from './evidence.ts';

/** Numbers of a face that were measured. Those in degrees are sizes of angles. */
interface Measured {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  readonly human: number;
  readonly profile: number;
  readonly cutOff: number;
  readonly obstructed: number;
  readonly leftEye: number;
  readonly rightEye: number;
  readonly nose: number;
  readonly mouth: number;
  readonly chin: number;
  readonly outside: number;
  /** The share of a cheek that looks like a hand. */
  readonly hand: number;
  readonly sharpness: number;
  readonly workingWidth: number;
  readonly span: number;
  readonly brightness: number;
  readonly contrast: number;
  readonly evenness: number;
  /** How much brighter it is around the face. */
  readonly backlight: number;
  readonly mouthOpening: number;
  readonly eyeOpening: number;
}
type Name = keyof Measured;

const share = fc.double({ min: 0, max: 1, noNaN: true });
const upTo = (max: number) => fc.double({ min: 0, max, noNaN: true });

/** From which range each comes, … */
const RANGES: Readonly<Record<Name, fc.Arbitrary<number>>> = {
  yaw: upTo(90),
  pitch: upTo(90),
  roll: upTo(180),
  human: share,
  profile: share,
  cutOff: share,
  obstructed: share,
  leftEye: share,
  rightEye: share,
  nose: share,
  mouth: share,
  chin: share,
  outside: share,
  hand: share,
  sharpness: share,
  workingWidth: upTo(1280),
  span: share,
  brightness: share,
  contrast: upTo(0.5),
  evenness: share,
  backlight: fc.double({ min: -1, max: 1, noNaN: true }),
  mouthOpening: share,
  eyeOpening: share,
};

/** … and the numbers of which more is better. Brightness has a middle that is good, and a test of its own. */
const MORE_IS_BETTER: ReadonlySet<Name> = new Set([
  'human',
  'sharpness',
  'workingWidth',
  'span',
  'contrast',
  'evenness',
  'eyeOpening',
]);

const measured = fc.record(RANGES) as fc.Arbitrary<Measured>;
const parts = fc.record(
  Object.fromEntries(QUALITY_PARTS.map((name) => [name, share])) as Record<QualityPart, typeof share>,
);

function seen(numbers: Measured): Evidence {
  const { yaw, pitch, roll, human, profile, cutOff, obstructed, span, backlight, hand, ...rest } = numbers;
  const { leftEye, rightEye, nose, mouth, chin, ...subject } = rest;
  const covered = { leftEye, rightEye, nose, mouth, chin };
  const { image } = evidence();
  const edge = span * Math.max(image.uprightWidth, image.uprightHeight);
  return evidence({
    ...subject,
    box: { x: 100, y: 100, width: edge, height: edge },
    pose: { yaw: -yaw, pitch, roll: -roll },
    heads: { human, yaw, cutOff, profile, covered, obstructed },
    surround: subject.brightness + backlight,
    surface: { ...SURFACE, leftCheek: { ...SURFACE.leftCheek, skin: hand } },
  });
}

/** @throws where there is no face */
function qualityIn(numbers: Measured) {
  return qualityOf(seen(numbers))!;
}

describe('a number that was measured moves neither the score nor a part the wrong way', () => {
  const names = (Object.keys(RANGES) as Name[]).filter((name) => name !== 'brightness');
  test.each(names)('%s', (name) => {
    fc.assert(
      fc.property(measured, RANGES[name], (numbers, other) => {
        const ordered = [numbers[name], other].sort((a, b) => (MORE_IS_BETTER.has(name) ? a - b : b - a));
        const [worse, better] = ordered.map((value) => qualityIn({ ...numbers, [name]: value }));
        expect(better.score).toBeGreaterThanOrEqual(worse.score);
        for (const part of QUALITY_PARTS) {
          expect(better.parts[part], part).toBeGreaterThanOrEqual(worse.parts[part]);
        }
      }),
    );
  });

  test.each([
    ['brightness, from black on', 0, 0.5],
    ['brightness, from white down', 1, 0.5],
  ])('%s', (_, from, to) => {
    fc.assert(
      fc.property(measured, share, share, (numbers, one, two) => {
        const at = (way: number) => qualityIn({ ...numbers, brightness: from + (to - from) * way });
        const [worse, better] = [Math.min(one, two), Math.max(one, two)].map(at);
        expect(better.score).toBeGreaterThanOrEqual(worse.score);
        expect(better.parts.lit).toBeGreaterThanOrEqual(worse.parts.lit);
      }),
    );
  });

  test('each of them counts: from its best to its worst the score of a fine portrait falls', () => {
    const fine = evidence();
    const best = qualityOf(fine)!.score;
    const numbers = {
      yaw: 0,
      pitch: 0,
      roll: 0,
      profile: 0,
      cutOff: 0,
      obstructed: 0,
      leftEye: 0,
      rightEye: 0,
      nose: 0,
      mouth: 0,
      chin: 0,
      outside: 0,
      hand: 0,
      backlight: 0,
      mouthOpening: 0,
      human: 1,
      sharpness: 1,
      workingWidth: 300,
      span: 0.5,
      brightness: 0.5,
      contrast: 0.2,
      evenness: 1,
      eyeOpening: 0.3,
    };
    expect(qualityIn(numbers).score).toBe(100);
    expect(best).toBeGreaterThan(95);
    for (const name of Object.keys(numbers) as Name[]) {
      const worst = MORE_IS_BETTER.has(name) || name === 'brightness' ? 0 : name === 'yaw' ? 90 : 1;
      const angle = name === 'pitch' || name === 'roll' ? 90 : worst;
      expect(qualityIn({ ...numbers, [name]: angle }).score, name).toBeLessThan(95);
    }
  });
});

test('a better part never makes a worse score, and each can make a better one', () => {
  fc.assert(
    fc.property(parts, fc.constantFrom(...QUALITY_PARTS), share, (all, name, other) => {
      const [worse, better] = [Math.min(all[name], other), Math.max(all[name], other)];
      expect(scoreOf({ ...all, [name]: better })).toBeGreaterThanOrEqual(scoreOf({ ...all, [name]: worse }));
    }),
  );
  const whole = Object.fromEntries(QUALITY_PARTS.map((name) => [name, 1])) as Record<QualityPart, number>;
  expect(scoreOf(whole)).toBe(100);
  for (const name of QUALITY_PARTS) expect(scoreOf({ ...whole, [name]: 0.5 }), name).toBeLessThan(100);
});

test('the score is within 0 and 100, its parts within 0 and 1, whatever was measured', () => {
  fc.assert(
    fc.property(measured, (numbers) => {
      const { score, parts: all } = qualityIn(numbers);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(100);
      for (const part of Object.values(all)) {
        expect(part).toBeGreaterThanOrEqual(0);
        expect(part).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('what was measured on a part of the face that nobody sees is worth nothing', () => {
  const { heads } = evidence().subject!;
  const covered = { leftEye: 1, rightEye: 1, nose: 1, mouth: 1, chin: 1 };
  expect(qualityOf(evidence({ heads: { ...heads, covered, obstructed: 1 } }))!.parts).toMatchObject({
    eyes: 0,
    mouth: 0,
    clear: 0,
  });
  expect(qualityOf(evidence({ heads: { ...heads, profile: 1 } }))!.parts).toMatchObject({
    frontal: 0,
    eyes: 0,
    mouth: 0,
    clear: 0,
  });
});

test('a picture is far behind a fine one as soon as it is refused', () => {
  const { heads, pose } = evidence().subject!;
  const best = qualityOf(evidence())!.score;
  for (const changes of [
    { heads: { ...heads, human: 0.5 } },
    { heads: { ...heads, profile: 0.5 } },
    { heads: { ...heads, cutOff: 0.5 } },
    { heads: { ...heads, obstructed: 0.5 } },
    { pose: { ...pose, yaw: 50 } },
    { pose: { ...pose, pitch: 37 } },
    { pose: { ...pose, roll: 60 } },
    { outside: 0.15 },
    { sharpness: 0.34 },
    { workingWidth: 56 },
    { box: { x: 100, y: 100, width: 64, height: 64 } },
  ]) {
    expect(qualityOf(evidence(changes))!.score, JSON.stringify(changes)).toBeLessThan(0.65 * best);
  }
});

describe('other faces', () => {
  const [face] = evidence().faces as [Face];
  const beside = (x: number): Evidence => ({
    ...evidence(),
    faces: [face, { ...face, box: { ...face.box, x } }],
  });
  const aloneWith = (x: number) => qualityOf(beside(x))!.parts.alone;
  test('far away do no harm', () => {
    expect(aloneWith(face.box.x + 3 * face.box.width)).toBe(1);
  });
  test('do the more, the nearer they come', () => {
    const near = [3, 1.5, 1.2, 1, 0.6].map((faces) => aloneWith(face.box.x + faces * face.box.width));
    expect(near).toEqual([...near].sort((a, b) => b - a));
    expect(near.at(-1)).toBeLessThan(0.5);
  });
  test('in the same place are the same face, found twice', () => {
    expect(aloneWith(face.box.x + 0.2 * face.box.width)).toBe(1);
  });
  test('the face itself, wherever it stands in the list, is none of them', () => {
    const { subject } = evidence();
    const far = { ...face, box: { ...face.box, x: face.box.x + 3 * face.box.width } };
    const second: Evidence = { ...evidence(), faces: [far, face], subject: { ...subject!, index: 1 } };
    expect(qualityOf(second)!.parts.alone).toBe(1);
  });
});

test('without a face there is none', () => {
  expect(qualityOf(NO_FACE)).toBeNull();
});

test('what could not be measured is worth nothing', () => {
  expect(qualityOf(evidence({ sharpness: Number.NaN }))).toMatchObject({ parts: { sharp: 0 } });
});

test('the weakest part is the one that takes most away', () => {
  const fine = qualityOf(evidence())!;
  const whole = Object.fromEntries(QUALITY_PARTS.map((name) => [name, 1])) as Record<QualityPart, number>;
  expect(weakestOf({ score: 100, parts: whole })).toBeNull();
  expect(weakestOf({ ...fine, parts: { ...whole, mouth: 0, lit: 0.9 } })).toBe('mouth');
  expect(weakestOf({ ...fine, parts: { ...whole, mouth: 0, frontal: 0 } })).toBe('frontal');
  for (const name of QUALITY_PARTS) {
    expect(lossOf(name, 0)).toBe(PARTS[name].weight);
    expect(PARTS[name].weight).toBeGreaterThan(0);
    expect(PARTS[name].weight).toBeLessThan(1);
  }
});

test('docs/quality.md is what the parts say', () => {
  const written = readFileSync(new URL('../../../docs/quality.md', import.meta.url), 'utf8');
  expect(written, 'run: npm run docs').toBe(qualityMarkdown());
});

test.each<[Partial<Subject>, string]>([
  [{ pose: { yaw: -31, pitch: 3, roll: 2 } }, 'The head is turned 31° to the side.'],
  [{ pose: { yaw: 4, pitch: -22, roll: 2 } }, 'The head is tilted down 22°.'],
  [{ pose: { yaw: 4, pitch: 0, roll: 41 } }, 'The head leans 41°.'],
  [{ brightness: 0.15, surround: 0.1 }, 'The face is dark.'],
  [{ brightness: 0.5, surround: 0.8 }, 'The light comes from behind.'],
  [{ mouthOpening: 0.31 }, 'The mouth is open by 31% of its width.'],
  [{ eyeOpening: 0.12 }, 'The eyes are open by only 12% of their width.'],
  [{ pose: { yaw: 2, pitch: 0, roll: 0 } }, ''],
])('%j: %s', (changes, words) => {
  expect(weakestWords(evidence({ sharpness: 0.7, ...changes }))).toBe(words);
});
