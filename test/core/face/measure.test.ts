import { describe, expect, test } from 'vitest';
import { livePortraitCrop } from '../../../src/core/face/crop.ts';
import { measureLight } from '../../../src/core/face/light.ts';
import { eyeOpening, interEyeDistance, mouthOpening, shareOutside } from '../../../src/core/face/measure.ts';
import type { MeshResult } from '../../../src/core/face/mesh.ts';
import { BELOW_FOREHEAD, FACE_OVAL, POINT } from '../../../src/core/face/mesh-points.ts';
import { meshPose } from '../../../src/core/face/pose.ts';

/** Mesh points with some of them placed; all others are at the first of the placed ones. */
function mesh(places: Readonly<Record<number, readonly number[]>>): Float32Array {
  const points = new Float32Array(468 * 3);
  const [anywhere = [0, 0, 0]] = Object.values(places);
  for (let i = 0; i < 468; i++) points.set([...(places[i] ?? anywhere), 0].slice(0, 3), i * 3);
  return points;
}

function result(levelled: Float32Array): MeshResult {
  const square = { cx: 0, cy: 0, size: 192, angle: 0 };
  const empty = new Float32Array();
  return { square, points: levelled, levelled, flag: 1, features: empty, input: empty };
}

describe('the pose', () => {
  const head = (yaw: number, pitch: number) => {
    const [a, b] = [(yaw * Math.PI) / 180, (pitch * Math.PI) / 180];
    return mesh({
      [POINT.rightCheekEdge]: [-50 * Math.cos(a), 0, -50 * Math.sin(a)],
      [POINT.leftCheekEdge]: [50 * Math.cos(a), 0, 50 * Math.sin(a)],
      [POINT.foreheadTop]: [0, -60 * Math.cos(b), 60 * Math.sin(b)],
      [POINT.chin]: [0, 60 * Math.cos(b), -60 * Math.sin(b)],
      [POINT.rightEyeOuter]: [-30, -20, 0],
      [POINT.leftEyeOuter]: [30, -20, 0],
    });
  };
  test.each([-60, -30, 0, 30, 60])(
    'yaw %d: the cheek towards which the head turns is farther away',
    (yaw) => {
      expect(meshPose(result(head(yaw, 0))).yaw).toBeCloseTo(yaw, 3);
    },
  );
  test.each([-40, 0, 40])('pitch %d: looking up brings the chin nearer', (pitch) => {
    const level = meshPose(result(head(0, 0))).pitch;
    expect(meshPose(result(head(0, pitch))).pitch - level).toBeCloseTo(pitch, 3);
  });
  test('roll is positive when the head leans clockwise', () => {
    const leaning = mesh({ [POINT.rightEyeOuter]: [-30, -30, 0], [POINT.leftEyeOuter]: [30, 30, 0] });
    expect(meshPose(result(leaning)).roll).toBeCloseTo(45, 3);
  });
});

describe('openings are ratios, whatever the size of the face', () => {
  test.each([1, 7])('at scale %d', (scale) => {
    const points = mesh({
      [POINT.mouthRight]: [-20 * scale, 0],
      [POINT.mouthLeft]: [20 * scale, 0],
      [POINT.upperLipBottom]: [0, -5 * scale],
      [POINT.lowerLipTop]: [0, 5 * scale],
      [POINT.rightEyeOuter]: [-30 * scale, -40 * scale],
      [POINT.rightEyeInner]: [-10 * scale, -40 * scale],
      [POINT.rightEyeTop]: [-20 * scale, -43 * scale],
      [POINT.rightEyeBottom]: [-20 * scale, -37 * scale],
      [POINT.leftEyeInner]: [10 * scale, -40 * scale],
      [POINT.leftEyeOuter]: [30 * scale, -40 * scale],
      [POINT.leftEyeTop]: [20 * scale, -41 * scale],
      [POINT.leftEyeBottom]: [20 * scale, -39 * scale],
    });
    expect(mouthOpening(points)).toBeCloseTo(0.25, 5);
    expect(eyeOpening(points), 'the more closed eye counts').toBeCloseTo(0.1, 5);
    expect(interEyeDistance(points)).toBeCloseTo(40 * scale, 4);
  });
});

describe('light is measured inside the face only', () => {
  const SIZE = 192;
  // An outline that is a rectangle: the upper half of its points above, the lower half below.
  const rectangle = mesh(
    Object.fromEntries(
      FACE_OVAL.map((index, i) => {
        const corner = Math.floor((i * 4) / FACE_OVAL.length);
        return [
          index,
          [
            [140, 50],
            [140, 150],
            [50, 150],
            [50, 50],
          ][corner],
        ];
      }),
    ),
  );
  const planes = (inside: (x: number) => number) => {
    const out = new Float32Array(3 * SIZE * SIZE).fill(1);
    for (let y = 50; y < 150; y++)
      for (let x = 50; x < 140; x++) for (let c = 0; c < 3; c++) out[(c * SIZE + y) * SIZE + x] = inside(x);
    return out;
  };
  test('an even face has its brightness and no contrast', () => {
    const { brightness, contrast } = measureLight(
      planes(() => 0.25),
      SIZE,
      rectangle,
    );
    expect(brightness).toBeCloseTo(0.25, 5);
    expect(contrast).toBeCloseTo(0, 3);
  });
  test('half dark, half light has the highest contrast, and light from one side', () => {
    const { brightness, contrast, evenness, surround } = measureLight(
      planes((x) => (x < 95 ? 0 : 1)),
      SIZE,
      rectangle,
    );
    expect(brightness).toBeCloseTo(0.5, 2);
    expect(contrast).toBeCloseTo(0.5, 2);
    expect(evenness).toBeLessThan(0.5);
    expect(surround).toBeCloseTo(1, 2);
  });
  test('a face outside of the crop has none', () => {
    const away = rectangle.map((value) => value - 1000);
    expect(
      measureLight(
        planes(() => 1),
        SIZE,
        away,
      ),
    ).toEqual({ brightness: 0, contrast: 0, evenness: 1, surround: 0 });
  });
});

test.each([
  [{ x: 10, y: 10, width: 20, height: 20 }, 0],
  [{ x: -10, y: 10, width: 20, height: 20 }, 0.5],
  [{ x: -10, y: 90, width: 20, height: 20 }, 0.75],
  [{ x: 200, y: 10, width: 20, height: 20 }, 1],
])('of %j, %d lies outside 100 x 100 pixels', (box, expected) => {
  expect(shareOutside(box, 100, 100)).toBeCloseTo(expected, 9);
});

describe("LivePortrait's crop", () => {
  const face = (turn: number) => {
    const cos = Math.cos(turn);
    const sin = Math.sin(turn);
    const place = (x: number, y: number) => [500 + cos * x - sin * y, 400 + sin * x + cos * y];
    const outline = BELOW_FOREHEAD.map((index, i) => {
      const angle = (i / BELOW_FOREHEAD.length) * 2 * Math.PI;
      return [index, place(50 * Math.cos(angle), 60 * Math.sin(angle))] as const;
    });
    return mesh({
      ...Object.fromEntries(outline),
      [POINT.rightEyeOuter]: place(-30, -20),
      [POINT.rightEyeInner]: place(-10, -20),
      [POINT.leftEyeInner]: place(10, -20),
      [POINT.leftEyeOuter]: place(30, -20),
      [POINT.mouthRight]: place(-15, 30),
      [POINT.mouthLeft]: place(15, 30),
    });
  };
  test('is 2.3 times the longer edge, moved up by an eighth of itself', () => {
    const { center, size, angle } = livePortraitCrop(face(0));
    expect(size).toBeCloseTo(2.3 * 120, 0);
    expect(center.x).toBeCloseTo(500, 0);
    expect(center.y).toBeCloseTo(400 - size / 8, 0);
    expect(angle).toBeCloseTo(0, 5);
  });
  test('turns with the face', () => {
    const upright = livePortraitCrop(face(0));
    const { center, size, angle } = livePortraitCrop(face(Math.PI / 6));
    expect(angle).toBeCloseTo(30, 3);
    expect(size).toBeCloseTo(upright.size, 2);
    expect(center.x).toBeCloseTo(500 + (size / 8) * Math.sin(Math.PI / 6), 0);
    expect(center.y).toBeCloseTo(400 - (size / 8) * Math.cos(Math.PI / 6), 0);
  });
});
