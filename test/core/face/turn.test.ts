import { expect, test } from 'vitest';
import { turnBack, turnSquare } from '../../../src/core/face/turn.ts';
import type { QuarterTurns } from '../../../src/core/inspection.ts';

const SIZE = 4;
/** A square that differs at every place, in three planes. */
const square = () => Float32Array.from({ length: 3 * SIZE * SIZE }, (_, i) => i);

function turned(planes: Float32Array, size: number, turns: number): Float32Array {
  for (let i = 0; i < turns; i++) turnSquare(planes, size);
  return planes;
}

test.each([4, 5])(
  'a quarter turn of %d pixels brings what was left to the top, and the top to the right',
  (size) => {
    const planes = turned(
      Float32Array.from({ length: 3 * size * size }, (_, i) => i),
      size,
      1,
    );
    for (let c = 0; c < 3; c++) {
      for (let y = 0; y < size; y++) {
        for (let x = 0; x < size; x++) {
          expect(planes[(c * size + y) * size + x]).toBe((c * size + size - 1 - x) * size + y);
        }
      }
    }
  },
);

test('four quarter turns change nothing', () => {
  expect(turned(square(), SIZE, 4)).toEqual(square());
});

test.each<QuarterTurns>([0, 1, 2, 3])('after %d quarter turns a point is told where it had been', (turns) => {
  const planes = new Float32Array(3 * SIZE * SIZE);
  const [x, y] = [2, 0];
  planes[y * SIZE + x] = 1;
  turned(planes, SIZE, turns);
  const at = planes.indexOf(1);
  const seen = [(at % SIZE) + 0.5, Math.floor(at / SIZE) + 0.5];
  const { box, points } = turnBack(
    { score: 1, box: [seen[0] - 0.5, seen[1] - 0.5, seen[0] + 0.5, seen[1] + 0.5], points: seen },
    SIZE,
    turns,
  );
  expect(points).toEqual([x + 0.5, y + 0.5]);
  expect(box).toEqual([x, y, x + 1, y + 1]);
});
