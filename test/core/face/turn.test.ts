import { expect, test } from 'vitest';
import { turnBack, turnSquare } from '../../../src/core/face/turn.ts';
import type { QuarterTurns } from '../../../src/core/inspection.ts';

const SIZE = 4;
/** A square that differs at every place, in three planes. */
const square = () => Float32Array.from({ length: 3 * SIZE * SIZE }, (_, i) => i);

test('a quarter turn clockwise brings the bottom left corner to the top left', () => {
  const planes = square();
  turnSquare(planes, SIZE, 1);
  expect([planes[0], planes[SIZE - 1]]).toEqual([SIZE * (SIZE - 1), 0]);
});

test.each<QuarterTurns>([1, 2, 3])('%d quarter turns and the rest of a whole one change nothing', (turns) => {
  const planes = square();
  turnSquare(planes, SIZE, turns);
  expect(planes).not.toEqual(square());
  turnSquare(planes, SIZE, (4 - turns) as QuarterTurns);
  expect(planes).toEqual(square());
});

test.each<QuarterTurns>([0, 1, 2, 3])('after %d quarter turns a point is told where it had been', (turns) => {
  const planes = new Float32Array(3 * SIZE * SIZE);
  const [x, y] = [2, 0];
  planes[y * SIZE + x] = 1;
  turnSquare(planes, SIZE, turns);
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
