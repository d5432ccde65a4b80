import type { QuarterTurns } from '../inspection.ts';
import type { RawDetection } from './anchors.ts';

/**
 * Turns a square picture by a quarter clockwise, in place: four pixels at a time change places in a ring.
 *
 * @param planes 3 x size x size numbers
 */
export function turnSquare(planes: Float32Array, size: number): void {
  const last = size - 1;
  for (let plane = 0; plane < planes.length; plane += size * size) {
    for (let y = 0; y < size >> 1; y++) {
      for (let x = 0; x < (size + 1) >> 1; x++) {
        const above = plane + y * size + x;
        const right = plane + x * size + last - y;
        const below = plane + (last - y) * size + last - x;
        const left = plane + (last - x) * size + y;
        const kept = planes[above];
        planes[above] = planes[left];
        planes[left] = planes[below];
        planes[below] = planes[right];
        planes[right] = kept;
      }
    }
  }
}

/** A detection in a square that was turned, in pixels of the square as it was before. */
export function turnBack(detection: RawDetection, size: number, turns: QuarterTurns): RawDetection {
  if (turns === 0) return detection;
  const { score, box, points } = detection;
  const [x0, y0] = unturned(box[0], box[1], size, turns);
  const [x1, y1] = unturned(box[2], box[3], size, turns);
  const back: number[] = [];
  for (let i = 0; i < points.length; i += 2) back.push(...unturned(points[i], points[i + 1], size, turns));
  return {
    score,
    box: [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)],
    points: back,
  };
}

/** Where a point of a turned square had been; `last` is its largest coordinate. */
function unturned(x: number, y: number, last: number, turns: QuarterTurns): [number, number] {
  switch (turns) {
    case 0:
      return [x, y];
    case 1:
      return [y, last - x];
    case 2:
      return [last - x, last - y];
    case 3:
      return [last - y, x];
  }
}
