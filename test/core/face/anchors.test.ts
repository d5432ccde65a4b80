import { describe, expect, test } from 'vitest';
import { type AnchorGrid, overlap, readDetections } from '../../../src/core/face/anchors.ts';

/** A 4 x 4 grid of stride 16 with two anchors a cell, where the given anchors see a face. */
function grid(faces: readonly { anchor: number; logit: number; row: readonly number[] }[]): AnchorGrid {
  const scores = new Float32Array(32).fill(-10);
  const boxes = new Float32Array(32 * 16);
  for (const { anchor, logit, row } of faces) {
    scores[anchor] = logit;
    boxes.set(row, anchor * 16);
  }
  return { scores, boxes, stride: 16, perCell: 2 };
}

const row = (cx: number, cy: number, width: number, height: number) => [
  ...[cx, cy, width, height],
  ...[-4, -4, 4, -4, 0, 0, 0, 4, -8, 0, 8, 0],
];

describe('reading the anchors', () => {
  test('places boxes and points by the centre of the cell', () => {
    // Anchor 13 is the second one of cell 6: column 2, row 1.
    const [face] = readDetections([grid([{ anchor: 13, logit: 2, row: row(1, -1, 20, 30) }])], 64, 0.5);
    expect(face.score).toBeCloseTo(1 / (1 + Math.exp(-2)), 6);
    expect(face.box).toEqual([40 + 1 - 10, 24 - 1 - 15, 40 + 1 + 10, 24 - 1 + 15]);
    expect(face.points.slice(0, 4)).toEqual([36, 20, 44, 20]);
  });

  test('drops what scores less than asked for', () => {
    const weak = [grid([{ anchor: 0, logit: Math.log(0.49 / 0.51), row: row(0, 0, 20, 20) }])];
    expect(readDetections(weak, 64, 0.5)).toEqual([]);
    expect(readDetections(weak, 64, 0.48)).toHaveLength(1);
  });

  test('blends anchors that see the same face, by their scores', () => {
    const logit = (score: number) => Math.log(score / (1 - score));
    const faces = readDetections(
      [
        grid([
          { anchor: 12, logit: logit(0.9), row: row(0, 0, 20, 20) },
          { anchor: 13, logit: logit(0.6), row: row(5, 0, 20, 20) },
        ]),
      ],
      64,
      0.5,
    );
    expect(faces).toHaveLength(1);
    expect(faces[0].score).toBeCloseTo(0.9, 6);
    expect((faces[0].box[0] + faces[0].box[2]) / 2).toBeCloseTo(40 + (5 * 0.6) / 1.5, 4);
  });

  test('keeps faces apart that do not overlap, the best first', () => {
    const faces = readDetections(
      [
        grid([
          { anchor: 0, logit: 1, row: row(0, 0, 10, 10) },
          { anchor: 31, logit: 3, row: row(0, 0, 10, 10) },
        ]),
      ],
      64,
      0.5,
    );
    expect(faces.map(({ box }) => box[0])).toEqual([51, 3]);
  });
});

test.each([
  [[0, 0, 2, 2], [0, 0, 2, 2], 1],
  [[0, 0, 2, 2], [1, 0, 3, 2], 1 / 3],
  [[0, 0, 2, 2], [2, 0, 4, 2], 0],
  [[0, 0, 2, 2], [5, 5, 6, 6], 0],
] as const)('the overlap of %j and %j is %d', (a, b, expected) => {
  expect(overlap(a, b)).toBeCloseTo(expected, 9);
});
