import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judge } from '../../../src/core/checks/judge.ts';
import { LIMITS } from '../../../src/core/checks/limits.ts';
import { DEFAULT_POLICY, parsePolicy } from '../../../src/core/checks/policy.ts';
import type { Evidence } from '../../../src/core/checks/rule.ts';
import { ADVISORY, RULES } from '../../../src/core/checks/rules.ts';
import type { Subject } from '../../../src/core/inspection.ts';
import { policyMarkdown } from '../../../tools/docs/policy.ts';
import { evidence, NO_FACE, SURFACE } from './evidence.ts';

const heads = evidence().subject!.heads;
const eyes = (covered: number) => ({ ...heads.covered, leftEye: covered, rightEye: covered });

describe('each check passes at its limit and fails just beyond it', () => {
  const {
    minHuman,
    minFaceWidth,
    maxYaw,
    maxPitch,
    maxTurn,
    maxCovered,
    maxEyesCovered,
    maxOutside,
    minDetail,
  } = DEFAULT_POLICY;
  test.each<[string, Partial<Subject>, Partial<Subject>]>([
    ['face.none', { heads: { ...heads, human: minHuman } }, { heads: { ...heads, human: minHuman - 0.001 } }],
    [
      'face.small',
      { box: { x: 0, y: 0, width: 64, height: 80 } },
      { box: { x: 0, y: 0, width: 63, height: 80 } },
    ],
    ['face.small', { workingWidth: minFaceWidth }, { workingWidth: minFaceWidth - 0.01 }],
    [
      'face.profile',
      { pose: { yaw: -maxYaw, pitch: 0, roll: 0 } },
      { pose: { yaw: -maxYaw - 0.01, pitch: 0, roll: 0 } },
    ],
    [
      'face.tilted',
      { pose: { yaw: 0, pitch: maxPitch, roll: 0 } },
      { pose: { yaw: 0, pitch: maxPitch + 0.01, roll: 0 } },
    ],
    [
      'face.obstructed',
      { heads: { ...heads, obstructed: maxCovered } },
      { heads: { ...heads, obstructed: maxCovered + 0.001 } },
    ],
    [
      'face.obstructed',
      { heads: { ...heads, obstructed: 0.6, covered: eyes(maxEyesCovered) } },
      { heads: { ...heads, obstructed: 0.6, covered: eyes(maxEyesCovered + 0.001) } },
    ],
    ['face.cut_off', { outside: maxOutside }, { outside: maxOutside + 0.001 }],
    [
      'face.turned',
      { pose: { yaw: 0, pitch: 0, roll: -maxTurn } },
      { pose: { yaw: 0, pitch: 0, roll: maxTurn + 0.01 } },
    ],
    ['face.blurred', { sharpness: minDetail }, { sharpness: minDetail - 0.001 }],
  ])('%s', (reason, at, beyond) => {
    expect(judge(evidence(at), DEFAULT_POLICY)).toMatchObject({ pass: true, reason: null });
    expect(judge(evidence(beyond), DEFAULT_POLICY)).toMatchObject({ pass: false, reason });
  });
});

test('a face that is human enough is told what else is wrong, and another that it is none', () => {
  const turned = (human: number) =>
    judge(evidence({ heads: { ...heads, human }, pose: { yaw: 80, pitch: 0, roll: 0 } }), DEFAULT_POLICY);
  expect(turned(DEFAULT_POLICY.minHuman).reason).toBe('face.profile');
  expect(turned(DEFAULT_POLICY.minHuman - 0.001).reason).toBe('face.none');
});

test('what is no human face is told so before anything else, and half a face that it is cut off', () => {
  const cat = { ...heads, human: 0.1, cutOff: 0.9, profile: 0.9, obstructed: 0.9 };
  expect(judge(evidence({ heads: cat, workingWidth: 10 }), DEFAULT_POLICY).reason).toBe('face.none');
  const half = { ...heads, cutOff: 0.9, profile: 0.3, obstructed: 0.9 };
  expect(judge(evidence({ heads: half, workingWidth: 10 }), DEFAULT_POLICY).reason).toBe('face.cut_off');
});

test('a head in profile is told so whatever its turn seems to be, and a covered one before its turn', () => {
  const side = { ...heads, profile: 0.8, obstructed: 0.8 };
  const { reason, checks } = judge(evidence({ heads: side }), DEFAULT_POLICY);
  expect(reason).toBe('face.profile');
  expect(checks.find(({ id }) => id === 'visible')).toMatchObject({ status: 'unknown', value: null });
  const masked = { ...heads, profile: 0.2, obstructed: 0.8, covered: { ...heads.covered, mouth: 0.9 } };
  const pose = { yaw: 55, pitch: 0, roll: 0 };
  expect(judge(evidence({ heads: masked, pose }), DEFAULT_POLICY).reason).toBe('face.obstructed');
});

test('a probability near its limit is unsure on either side, and says so where it fails', () => {
  const visible = (obstructed: number) =>
    judge(evidence({ heads: { ...heads, obstructed } }), DEFAULT_POLICY).checks.find(
      ({ id }) => id === 'visible',
    );
  expect(visible(0.4)).toMatchObject({
    status: 'pass',
    unsure: true,
    advice:
      '"Face covered" passes, but this result is not certain (40%, limit 50%). Look at the picture yourself.',
  });
  expect(visible(0.6)).toMatchObject({ status: 'fail', unsure: true });
  expect(visible(0.6)?.advice).toMatch(/This result is not certain\. Look at the picture yourself\.$/);
  expect(visible(0.9)).toMatchObject({ status: 'fail', unsure: false });
  expect(visible(0.9)?.advice).not.toContain('not certain');
  const turned = judge(evidence({ pose: { yaw: 50.1, pitch: 0, roll: 0 } }), DEFAULT_POLICY);
  expect(turned.checks.find(({ id }) => id === 'yaw')).toMatchObject({ status: 'fail', unsure: false });
});

test('the first failing check gives the reason', () => {
  const several = evidence({ workingWidth: 10, outside: 0.9, pose: { yaw: 80, pitch: 80, roll: 0 } });
  const { reason, checks } = judge(several, DEFAULT_POLICY);
  expect(reason).toBe('face.tilted');
  expect(checks.filter(({ status }) => status === 'fail').map((check) => check.reason)).toEqual([
    'face.tilted',
    'face.small',
    'face.profile',
    'face.cut_off',
  ]);
});

test('without a face the verdict is face.none and nothing is made up', () => {
  const { reason, checks } = judge(NO_FACE, DEFAULT_POLICY);
  expect(reason).toBe('face.none');
  const unknown = checks.filter(({ status }) => status === 'unknown');
  expect(unknown.map(({ id }) => id)).toEqual(
    RULES.filter(({ optional }) => !optional)
      .map(({ id }) => id)
      .filter((id) => !['face', 'count', 'whole'].includes(id)),
  );
  for (const check of unknown) expect(check).toMatchObject({ value: null, reason: null, advice: '' });
});

test('a value that is no number is unknown, not a pass', () => {
  const { checks } = judge(evidence({ sharpness: Number.NaN }), DEFAULT_POLICY);
  expect(checks.find(({ id }) => id === 'sharpness')).toMatchObject({ status: 'unknown', value: null });
});

describe('advisory checks', () => {
  const faults = evidence(
    {
      sharpness: DEFAULT_POLICY.minDetail,
      pose: { yaw: 0, pitch: 0, roll: 40 },
      brightness: 0.1,
      contrast: 0,
      evenness: 0.1,
      surround: 1,
      mouthOpening: 1,
      eyeOpening: 0,
    },
    3,
  );
  const poor = { ...faults, image: { ...faults.image, missingBytes: 2 } };
  test('do not fail a picture, but say what they saw', () => {
    const { pass, reason, checks } = judge(poor, DEFAULT_POLICY);
    expect({ pass, reason }).toEqual({ pass: true, reason: null });
    expect(checks.filter(({ status }) => status === 'fail').map((check) => check.reason)).toEqual([
      'face.soft',
      'face.leaning',
      'face.dark',
      'face.flat',
      'face.one_sided',
      'face.backlit',
      'face.several',
      'face.mouth_open',
      'face.eyes_closed',
      'image.repaired',
    ]);
  });
  test('fail it where the policy enforces them', () => {
    const policy = parsePolicy({ enforce: ['count'] }, ADVISORY);
    expect(judge(poor, policy)).toMatchObject({ pass: false, reason: 'face.several' });
  });
});

describe('covers', () => {
  const covered = (
    regions: Partial<typeof heads.covered>,
    obstructed: number,
    cover: Subject['cover'] = null,
  ) => evidence({ heads: { ...heads, obstructed, covered: { ...heads.covered, ...regions } }, cover });
  const advice = (seen: Evidence, policy = DEFAULT_POLICY) =>
    judge(seen, policy)
      .checks.filter(({ reason }) => reason === 'face.obstructed')
      .map((check) => check.advice);
  test('are named in the advice', () => {
    const regions = { mouth: 0.9, nose: 0.8, chin: 0.7 };
    const mask = { class: 'cloth', regions: ['nose', 'mouth', 'chin'], area: [] } as const;
    expect(advice(covered(regions, 0.98, mask))).toEqual([
      'A mask or cloth very likely covers the nose, mouth and chin (98%, limit 50%). Use a picture without a mask or cloth over the face.',
    ]);
    expect(advice(covered({}, 0.98))).toEqual([
      'Something very likely covers the face (98%, limit 50%). Use a picture with nothing in front of the face.',
    ]);
  });
  test('over both eyes fail by default, and pass where the policy allows dark glasses', () => {
    const dark = { class: 'glasses', regions: ['leftEye', 'rightEye'], area: [] } as const;
    const glasses = covered({ leftEye: 0.9, rightEye: 0.95 }, 0.9, dark);
    expect(advice(glasses)).toEqual([
      'Dark glasses very likely hide both eyes (90%, limit 50%). Use a picture without dark glasses.',
    ]);
    expect(judge(glasses, parsePolicy({ maxEyesCovered: 1 }, ADVISORY)).pass).toBe(true);
  });
  test('over the eyes are not told of what covers the mouth', () => {
    const all = { leftEye: 0.9, rightEye: 0.9, nose: 0.9, mouth: 0.9, chin: 0.9 };
    const regions = ['leftEye', 'rightEye', 'nose', 'mouth', 'chin'] as const;
    const said = (name: 'cloth' | 'hand') =>
      advice(covered(all, 0.9, { class: name, regions, area: [] })).map((text) => text.split(' (')[0]);
    expect(said('hand')).toEqual([
      'A hand very likely covers the whole face',
      'A hand very likely covers both eyes',
    ]);
    expect(said('cloth')).toEqual([
      'A mask or cloth very likely covers the whole face',
      'Something very likely covers both eyes',
    ]);
  });
  test('over the eyes alone are not named where a strict policy refuses the rest', () => {
    const dark = { class: 'glasses', regions: ['leftEye', 'rightEye'], area: [] } as const;
    const glasses = covered({ leftEye: 0.9, rightEye: 0.95, mouth: 0.2 }, 0.9, dark);
    expect(advice(glasses, parsePolicy({ maxCovered: 0.1, maxEyesCovered: 1 }, ADVISORY))).toEqual([
      'Something possibly covers the face (20%, limit 10%). Use a picture with nothing in front of the face. This result is not certain. Look at the picture yourself.',
    ]);
  });
  test('over eyes that hide nothing that matters do no harm', () => {
    expect(judge(covered({ leftEye: 0.7, rightEye: 0.7 }, 0.2), DEFAULT_POLICY).pass).toBe(true);
  });
  test('over the mouth fail whatever the policy says of eyes', () => {
    const scarf = covered({ leftEye: 0.9, rightEye: 0.95, mouth: 0.9 }, 0.9);
    expect(judge(scarf, parsePolicy({ maxEyesCovered: 1 }, ADVISORY)).reason).toBe('face.obstructed');
  });
  test('over one eye do no harm', () => {
    expect(judge(covered({ leftEye: 0.99 }, 0.2), DEFAULT_POLICY).pass).toBe(true);
  });
});

test('advice names the value, the limit and what to do', () => {
  const adviceFor = (width: number) => {
    const { subject } = evidence({ workingWidth: 38.9 });
    const box = { ...subject!.box, width };
    const { checks } = judge(evidence({ workingWidth: 38.9, box }), DEFAULT_POLICY);
    return checks.find(({ id }) => id === 'size')?.advice;
  };
  const found = "The face is 38 px wide at LivePortrait's working size (limit 56 px).";
  expect(adviceFor(100)).toBe(`${found} Crop closer to the face.`);
  expect(adviceFor(38.9)).toBe(
    `${found} Use a picture in which the face has more pixels. Cropping is not enough.`,
  );
});

test('advice tells a value just beyond its limit from the limit', () => {
  const adviceFor = (subject: Partial<Subject>) =>
    judge(evidence(subject), DEFAULT_POLICY).checks.find(({ status }) => status === 'fail')?.advice;
  expect(adviceFor({ pose: { yaw: 50.3, pitch: 0, roll: 0 } })).toContain('50.3° to the side (limit 50°)');
  expect(adviceFor({ pose: { yaw: 61.3, pitch: 0, roll: 0 } })).toContain('61° to the side (limit 50°)');
  expect(adviceFor({ outside: 0.1504 })).toContain('15.04% of the face is outside the picture (limit 15%)');
  expect(adviceFor({ sharpness: 0.4581 })).toContain('sharpness 0.458 (limit 0.46)');
});

test('every failing check has advice that ends with a full stop', () => {
  const faults = evidence(
    {
      heads: { ...heads, human: 0, cutOff: 1, obstructed: 1, covered: { ...eyes(1), mouth: 1 } },
      workingWidth: 1,
      box: { x: 0, y: 0, width: 1, height: 1 },
      pose: { yaw: 90, pitch: -80, roll: 170 },
      outside: 1,
      sharpness: 0,
      brightness: 0,
      contrast: 0,
      evenness: 0,
      surround: 1,
      mouthOpening: 1,
      eyeOpening: 0,
    },
    2,
  );
  const hip = { x: 0, y: 0, score: 0.1 };
  const body = { leftHip: hip, rightHip: hip } as NonNullable<Evidence['body']>;
  const touched = { ...SURFACE, leftCheek: { ...SURFACE.leftCheek, skin: 1 } };
  const handled = evidence({ surface: touched });
  const worst = { ...faults, body, image: { ...faults.image, missingBytes: 2, width: 700 } };
  const optional = { minFacePixels: 4096, minFaceHeight: 4096, minEyeDistance: 4096, minShortEdge: 4096 };
  const everything = parsePolicy(
    { ...optional, maxFaceShare: 0, maxShape: 1, minHips: 1, maxHandShare: 0 },
    ADVISORY,
  );
  const tooBright = evidence({ brightness: 1 });
  const side = evidence({ heads: { ...heads, profile: 1 } });
  const failed = [worst, tooBright, side, handled].flatMap((seen) =>
    judge(seen, everything).checks.filter(({ status }) => status === 'fail'),
  );
  expect(new Set(failed.map(({ id }) => id))).toEqual(new Set(RULES.map(({ id }) => id)));
  for (const { advice } of failed) expect(advice).toMatch(/[:.] .+\.$/);
});

describe('the policy', () => {
  test('overrides by name, on top of the defaults', () => {
    expect(parsePolicy({ maxYaw: 20 }, ADVISORY)).toEqual({ ...DEFAULT_POLICY, maxYaw: 20 });
  });
  test('has defaults within their own ranges', () => {
    for (const [name, { default: value, min, max }] of Object.entries(LIMITS)) {
      expect(value >= min && value <= max, name).toBe(true);
    }
  });
  test.each([
    [{ maxYow: 20 }, 'no limit "maxYow"'],
    [{ maxYaw: '20' }, 'maxYaw must be a number from 0 to 90'],
    [{ maxYaw: 91 }, 'maxYaw must be a number from 0 to 90'],
    [{ maxYaw: Number.NaN }, 'maxYaw must be a number from 0 to 90'],
    [{ enforce: ['yaw'] }, `enforce must be a list of: ${ADVISORY.join(', ')}`],
    [{ enforce: [...ADVISORY, ADVISORY[0]] }, `enforce must be a list of: ${ADVISORY.join(', ')}`],
    [{ __proto__: null, constructor: 1 }, 'no limit "constructor"'],
    [[], 'A policy is an object'],
    ['strict', 'A policy is an object'],
  ])('refuses %j', (overrides, message) => {
    expect(() => parsePolicy(overrides, ADVISORY)).toThrow(
      expect.objectContaining({ code: 'policy.invalid', message: expect.stringContaining(message) }),
    );
  });
});

test.each([
  ['policy.md', 'en'],
  ['zh-CN/policy.md', 'zh-CN'],
] as const)('docs/%s is what the checks and limits say', (file, language) => {
  const written = readFileSync(new URL(`../../../docs/${file}`, import.meta.url), 'utf8');
  expect(written, 'run: npm run docs').toBe(policyMarkdown(language));
});
