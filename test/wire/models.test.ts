/** The vendor's models: their answers to the letter, and boxes as in its samples. */
import { describe, expect, it, test } from 'vitest';
import { parsePolicy } from '../../src/core/checks/policy.ts';
import { ADVISORY_REASONS, FACE_REASONS } from '../../src/core/checks/reasons.ts';
import { ADVISORY } from '../../src/core/checks/rules.ts';
import { BODY_POINTS, type Body, type CheckReason, type ImageInfo } from '../../src/core/inspection.ts';
import { MODELS, modelsByName } from '../../src/wire/models.ts';
import { faceCorners, regionCorners } from '../../src/wire/regions.ts';
import { type Judged, outputOf, type Ratio } from '../../src/wire/served-model.ts';
import { evidence } from '../core/checks/evidence.ts';

const modelOf = (name: string) => modelsByName().get(name)!;
const REASONS: readonly CheckReason[] = [...FACE_REASONS, ...ADVISORY_REASONS];

/** What is known of a picture with a face there, of which nothing is wrong. */
function passes(corners: readonly [number, number, number, number], width: number, height = width): Judged {
  const [left, top, right, bottom] = corners;
  const { subject, image } = evidence({
    box: { x: left, y: top, width: right - left, height: bottom - top },
  });
  return {
    pass: true,
    reason: null,
    subject,
    image: { ...(image as ImageInfo), uprightWidth: width, uprightHeight: height },
  };
}
const answer = (name: string, judged: Judged, ratio: Ratio = '1:1') =>
  JSON.stringify(outputOf(modelOf(name), judged, ratio));
const refused = (name: string, reason: CheckReason) => answer(name, { pass: false, reason });

describe('what passes', () => {
  test('LivePortrait: a flag and no message', () => {
    expect(answer('liveportrait-detect', { pass: true, reason: null })).toBe('{"pass":true,"message":""}');
  });
  test("EMO: a flag, the face and the region, as in the vendor's sample", () => {
    expect(answer('emo-detect-v1', passes([302, 286, 610, 593], 2000))).toBe(
      '{"check_pass":true,"face_bbox":[302,286,610,593],"ext_bbox":[71,9,840,778]}',
    );
  });
  test('EMO: a region moved to the top of the picture, and as large as it is high', () => {
    expect(answer('emo-detect-v1', passes([387, 188, 769, 570], 1200, 706))).toBe(
      '{"check_pass":true,"face_bbox":[387,188,769,570],"ext_bbox":[225,0,931,706]}',
    );
  });
  test('Emoji: the face and the region under names of its own, and no flag', () => {
    const output = JSON.parse(answer('emoji-detect-v1', passes([212, 194, 460, 441], 2000)));
    expect(Object.keys(output)).toEqual(['bbox_face', 'ext_bbox_face']);
    expect(output.bbox_face).toEqual([212, 194, 460, 441]);
    // To a pixel: the vendor's own box is 546 wide and 545 high.
    expectNear(output.ext_bbox_face, [63, 30, 609, 575]);
    const other = JSON.parse(answer('emoji-detect-v1', passes([344, 180, 515, 351], 2000)));
    expectNear(other.ext_bbox_face, [242, 68, 617, 443]);
  });
  test('AnimateAnyone: a flag, and how much of the body there is', () => {
    const body = (ankles: number) => ({ ...passes([300, 200, 500, 400], 1000), body: bodyWith(ankles) });
    expect(answer('animate-anyone-detect-gen2', body(0.3))).toBe('{"check_pass":true,"bodystyle":"full"}');
    expect(answer('animate-anyone-detect-gen2', body(0.29))).toBe('{"check_pass":true,"bodystyle":"half"}');
  });
  test('Wan2.2-S2V: two flags', () => {
    expect(answer('wan2.2-s2v-detect', { pass: true, reason: null })).toBe(
      '{"check_pass":true,"humanoid":true}',
    );
  });
});

/** A body of which all is seen, but for the ankles perhaps. */
function bodyWith(ankles: number): Body {
  const scoreOf = (point: string) => (point.endsWith('Ankle') ? ankles : 1);
  return Object.fromEntries(
    BODY_POINTS.map((point) => [point, { x: 0, y: 0, score: scoreOf(point) }]),
  ) as Body;
}

function expectNear(found: readonly number[], wanted: readonly number[]) {
  expect(found).toHaveLength(wanted.length);
  for (const [at, value] of wanted.entries()) expect(Math.abs(found[at]! - value)).toBeLessThanOrEqual(1);
}

describe('what is refused', () => {
  const NO_HUMAN =
    '"code":"InvalidFile.NoHuman","message":"The input image has no human body. Please upload other image with single person."';
  const MULTI =
    '"code":"InvalidFile.MultiHuman","message":"The input image has multi human bodies. Please upload other image with single person."';
  const PROPORTION =
    '"code":"InvalidFile.BodyProportion","message":"The proportion of the detected person in the picture is too large or too small, please upload other image."';
  const POSE =
    '"code":"InvalidFile.FacePose","message":"The pose of the detected face is invalid, please upload other image with the expected oriention."';
  const POSE_OF_EMO =
    '"code":"InvalidFile.FacePose","message":"The pose of the detected face is invalid, please upload other image with whole face and expected orientation."';
  const FULL_FACE =
    '"code":"InvalidFile.FullFace","message":"The pose of the detected face is invalid, please upload other image with whole face."';
  const VALUE =
    '"code":"InvalidFile.Value","message":"The value of the image is invalid, please upload other clearer image."';

  test.each<[CheckReason, string]>([
    ['face.none', NO_HUMAN],
    ['face.several', MULTI],
    ['face.small', PROPORTION],
    ['face.large', PROPORTION],
    ['face.profile', POSE],
    ['face.tilted', POSE],
    ['face.leaning', POSE],
    ['face.turned', POSE],
    ['face.mouth_open', POSE],
    ['face.obstructed', FULL_FACE],
    ['face.cut_off', FULL_FACE],
    ['face.blurred', VALUE],
    ['face.dark', VALUE],
  ])('%s, in the words of each model', (reason, words) => {
    expect(refused('emoji-detect-v1', reason)).toBe(`{${words}}`);
    expect(refused('wan2.2-s2v-detect', reason)).toBe(`{"check_pass":false,${words}}`);
    const isPose = words === POSE && reason !== 'face.mouth_open';
    expect(refused('emo-detect-v1', reason)).toBe(`{"check_pass":false,${isPose ? POSE_OF_EMO : words}}`);
    const { reason: told, ...rest } = JSON.parse(refused('animate-anyone-detect-gen2', reason));
    expect(rest).toEqual({ check_pass: false });
    const isFront = reason === 'face.profile' || reason === 'face.tilted';
    expect(told).toBe(
      isFront
        ? 'The pose of the detected person is invalid, please upload other image with the front view.'
        : JSON.parse(`{${words}}`).message,
    );
    expect(refused('liveportrait-detect', reason)).toBe('{"pass":false,"message":"No human face detected."}');
  });
});

test('a body that is cut off, where one is wanted', () => {
  expect(refused('emo-detect-v1', 'body.cut_off')).toBe(
    '{"check_pass":false,"code":"InvalidFile.FullBody","message":"The pose of the detected person is invalid, please upload other image with whole body, or change the ratio parameter to 1:1。"}',
  );
  expect(refused('animate-anyone-detect-gen2', 'body.cut_off')).toBe(
    '{"check_pass":false,"reason":"The pose of the detected person is invalid, please upload other image with whole body and expected orientation."}',
  );
});

describe('each model', () => {
  test.each(MODELS.map((model) => [model.name, model] as const))('%s is whole', (_, model) => {
    for (const reason of REASONS) expect(model.refusals[reason]?.message, reason).toMatch(/[.。]$/);
    for (const ratio of ['1:1', '3:4'] as const)
      expect(() => parsePolicy(model.policy(ratio), ADVISORY)).not.toThrow();
    expect(model.rateShare > 0 && model.rateShare <= 1).toBe(true);
    expect(model.image.minEdge).toBeLessThan(model.image.maxEdge);
  });

  it('goes by the name that the operator gives it, and by its own', () => {
    const models = modelsByName([['my-emo', 'emo-detect-v1']]);
    expect(models.get('my-emo')).toBe(models.get('emo-detect-v1'));
    expect(() => modelsByName([['mine', 'emo']])).toThrow('emo-detect-v1');
  });
});

describe('a region', () => {
  const picture = { uprightWidth: 1000, uprightHeight: 800 };
  const shape = { scale: 2.4, up: 0 };
  const sides = ([x1, y1, x2, y2]: readonly number[]) => [x2! - x1!, y2! - y1!];

  it('has the shape of the ratio, wherever the face is and however large', () => {
    for (const [x, y, edge] of [
      [450, 300, 100],
      [0, 0, 100],
      [900, 700, 100],
      [100, 100, 600],
      [-40, -40, 200],
    ] as const) {
      for (const [ratio, high] of [
        ['1:1', 1],
        ['3:4', 4 / 3],
      ] as const) {
        const box = { x, y, width: edge, height: edge };
        const region = regionCorners(box, picture, ratio, shape);
        const [width, height] = sides(region) as [number, number];
        expect(Math.abs(height - width * high)).toBeLessThanOrEqual(2);
        expect(Math.min(...region)).toBeGreaterThanOrEqual(0);
        expect(region[2]).toBeLessThanOrEqual(1000);
        expect(region[3]).toBeLessThanOrEqual(800);
      }
    }
  });
  it('has room for a body below the face where it is higher than wide', () => {
    const box = { x: 450, y: 200, width: 100, height: 100 };
    expect(regionCorners(box, picture, '1:1', shape)).toEqual([380, 130, 620, 370]);
    expect(regionCorners(box, picture, '3:4', shape)).toEqual([380, 130, 620, 450]);
  });
  it('of a face that reaches outside is told as far as it is inside', () => {
    expect(faceCorners({ x: -20.4, y: 700.6, width: 150, height: 150 }, picture)).toEqual([0, 701, 130, 800]);
  });
});
