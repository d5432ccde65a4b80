/** Presets: each number has a source, a name brings its limits, and pictures are judged by them. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/core/checks/judge.ts';
import { LIMITS, type LimitName } from '../../../src/core/checks/limits.ts';
import { DEFAULT_POLICY, parsePolicy } from '../../../src/core/checks/policy.ts';
import { PRESET_NAMES, PRESETS } from '../../../src/core/checks/presets.ts';
import { ADVISORY } from '../../../src/core/checks/rules.ts';
import type { Subject } from '../../../src/core/inspection.ts';
import { presetsMarkdown } from '../../../tools/docs/presets.ts';
import { evidence } from './evidence.ts';

const policyFor = (overrides: object) => parsePolicy(overrides, ADVISORY);
const box = (width: number, height = width) => ({ x: 100, y: 100, width, height });

describe('each preset', () => {
  test.each(PRESETS.map((preset) => [preset.name, preset] as const))(
    '%s: numbers within range, other than the default, each with a source',
    (_, { limits, enforce, crop, unjudged, title }) => {
      expect(title).not.toBe('');
      for (const [name, { value, url, says }] of Object.entries(limits)) {
        const { min, max, default: usual } = LIMITS[name as LimitName];
        expect(value >= min && value <= max && value !== usual, name).toBe(true);
        expect(url).toMatch(/^https:\/\/\S+$/);
        expect(says).toMatch(/\.$/);
      }
      for (const [id, { url, says }] of Object.entries(enforce)) {
        expect(ADVISORY).toContain(id);
        expect(url).toMatch(/^https:\/\/\S+$/);
        expect(says).toMatch(/\.$/);
      }
      if (crop) expect(crop.url).toMatch(/^https:\/\/\S+$/);
      for (const sentence of unjudged) expect(sentence).toMatch(/\.$/);
    },
  );

  test('is a file of its own, in the list, with a name of its own', () => {
    const files = readdirSync(new URL('../../../src/core/checks/presets', import.meta.url));
    expect([...PRESET_NAMES].sort()).toEqual(files.map((file) => file.replace('.ts', '')).sort());
    expect(new Set(PRESET_NAMES).size).toBe(PRESETS.length);
  });

  test('is there where it is promised', () => {
    const promised = [
      'liveportrait',
      'emo',
      'emoji',
      's2v',
      'sadtalker',
      'hallo',
      'echomimic',
      'musetalk',
      'ditto',
    ];
    expect(PRESET_NAMES).toEqual(expect.arrayContaining(promised));
  });
});

describe('a name in a policy', () => {
  test('of LivePortrait changes nothing', () => {
    expect(policyFor({ for: 'liveportrait' })).toEqual(DEFAULT_POLICY);
  });

  test('brings its limits, and the others override them, whatever their order', () => {
    expect(policyFor({ for: 'hallo' })).toMatchObject({
      maxYaw: 30,
      minFaceShare: 0.5,
      enforce: ['count'],
      for: 'hallo',
    });
    expect(policyFor({ maxYaw: 40, for: 'hallo' })).toMatchObject({ maxYaw: 40, maxFaceShare: 0.7 });
    expect(policyFor({ enforce: [], for: 'hallo' }).enforce).toEqual([]);
  });

  test('takes the place of the one before it, and leaves what the operator has set', () => {
    const operator = policyFor({ for: 'hallo', maxPitch: 20, maxYaw: 25, enforce: ['count', 'eyes'] });
    const ditto = parsePolicy({ for: 'ditto' }, ADVISORY, operator);
    expect(ditto).toEqual({
      ...DEFAULT_POLICY,
      maxPitch: 20,
      maxYaw: 25,
      enforce: ['eyes', 'mouth'],
      for: 'ditto',
    });
    const back = parsePolicy({ for: 'liveportrait' }, ADVISORY, operator);
    expect(back).toEqual({ ...DEFAULT_POLICY, maxPitch: 20, maxYaw: 25, enforce: ['eyes'] });
  });

  test.each(['halo', 'HALLO', '', 'all', 1, null, {}, '__proto__', 'constructor'])(
    '%j is refused with the names',
    (name) => {
      expect(() => policyFor({ for: name })).toThrow(
        expect.objectContaining({
          code: 'policy.invalid',
          message: expect.stringContaining('liveportrait, fasterliveportrait,'),
        }),
      );
    },
  );
});

describe('checks that only some generators ask for', () => {
  const square = (edge: number, subject: Partial<Subject>) => {
    const seen = evidence(subject);
    return {
      ...seen,
      image: { ...seen.image, width: edge, height: edge, uprightWidth: edge, uprightHeight: edge },
    };
  };
  const verdict = (name: string, edge: number, subject: Partial<Subject>, overrides = {}) =>
    judge(square(edge, subject), policyFor({ for: name, ...overrides })).reason;

  test('are not run for LivePortrait', () => {
    const ids = judge(evidence(), DEFAULT_POLICY).checks.map(({ id }) => id);
    for (const id of ['pixels', 'height', 'eye_distance', 'fill', 'edge', 'shape'])
      expect(ids).not.toContain(id);
  });

  test.each<[string, string, Partial<Subject>, Partial<Subject>, string]>([
    ['echomimic', 'width in its own pixels', { box: box(128) }, { box: box(127.9) }, 'face.small'],
    ['latentsync', 'height', { box: box(90, 80) }, { box: box(90, 79.9) }, 'face.small'],
    ['sadtalker', 'the eyes apart', { interEyeDistance: 32 }, { interEyeDistance: 31.9 }, 'face.small'],
    ['hallo', 'the least share', { box: box(320) }, { box: box(319) }, 'face.small'],
    ['hallo', 'the most', { box: box(448) }, { box: box(449) }, 'face.large'],
    [
      'hallo',
      'its turn',
      { box: box(400), pose: { yaw: -30, pitch: 0, roll: 0 } },
      { box: box(400), pose: { yaw: 30.1, pitch: 0, roll: 0 } },
      'face.profile',
    ],
    ['ditto', 'a closed mouth', { mouthOpening: 0.25 }, { mouthOpening: 0.26 }, 'face.mouth_open'],
    [
      'emoji',
      'an upright head',
      { pose: { yaw: 0, pitch: 0, roll: 30 } },
      { pose: { yaw: 0, pitch: 0, roll: 31 } },
      'face.leaning',
    ],
  ])('%s: %s', (name, _, at, beyond, reason) => {
    expect(verdict(name, 640, at)).toBeNull();
    expect(verdict(name, 640, beyond)).toBe(reason);
  });

  test('emoji: no hand at the face, and a neck below it', () => {
    const { surface } = evidence().subject!;
    const at = (region: 'leftCheek' | 'chin', skin: number) =>
      verdict('emoji', 640, { surface: { ...surface, [region]: { ...surface[region], skin } } });
    expect(at('leftCheek', 0.1)).toBeNull();
    expect(at('leftCheek', 0.11)).toBe('face.obstructed');
    expect(at('chin', 0.9)).toBeNull();
  });

  test("the picture's short edge and shape", () => {
    expect(verdict('emo', 400, { box: box(200) })).toBeNull();
    expect(verdict('emo', 399, { box: box(200) })).toBe('image.small');
    const wide = (width: number) => {
      const seen = square(640, { box: box(340) });
      return judge(
        { ...seen, image: { ...seen.image, width, uprightWidth: width } },
        policyFor({ for: 'hallo' }),
      ).reason;
    };
    expect(wide(646)).toBeNull();
    expect(wide(660)).toBe('image.shape');
  });

  test('several faces fail where another than the largest may be taken', () => {
    const two = evidence({}, 2);
    for (const { name, enforce, limits } of PRESETS.filter(({ enforce }) => 'count' in enforce)) {
      const open = Object.fromEntries(
        Object.keys(limits).map((limit) => [limit, LIMITS[limit as LimitName].default]),
      );
      expect(judge(two, policyFor({ for: name, ...open })).reason, name).toBe('face.several');
      expect(enforce.count?.says).not.toBe('');
    }
    expect(judge(two, DEFAULT_POLICY).pass).toBe(true);
  });
});

test.each([
  ['presets.md', 'en'],
  ['zh-CN/presets.md', 'zh-CN'],
] as const)('docs/%s is what the presets say', (file, language) => {
  const written = readFileSync(new URL(`../../../docs/${file}`, import.meta.url), 'utf8');
  expect(written, 'run: npm run docs').toBe(presetsMarkdown(language));
});
