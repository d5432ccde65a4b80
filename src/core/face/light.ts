import { FACE_OVAL, POINT } from './mesh-points.ts';
import { crossings } from './polygon.ts';

/** The light on a face. Luma is by Rec. 709 weights on sRGB values, 0 (black) to 1 (white). */
export interface Light {
  /** Mean luma inside the face. */
  readonly brightness: number;
  /** Standard deviation of the luma inside the face, 0 to 0.5. */
  readonly contrast: number;
  /** Mean luma of the darker half of the face over that of the brighter: 1 is even light. */
  readonly evenness: number;
  /** Mean luma around the face, in the part of the crop that is not face. */
  readonly surround: number;
}

const NO_LIGHT: Light = { brightness: 0, contrast: 0, evenness: 1, surround: 0 };

/** Sums over some pixels. */
interface Sums {
  count: number;
  luma: number;
  squares: number;
}

/**
 * Measures the light inside the outline of the face, in its halves to the left and right of the line from forehead to chin,
 * and around it.
 *
 * @param planes   3 x size x size numbers from 0 to 1: the mesh's input
 * @param levelled the mesh's points in pixels of that input
 */
export function measureLight(planes: Float32Array, size: number, levelled: Float32Array): Light {
  const halves: [Sums, Sums] = [none(), none()];
  const around = none();
  const oval = FACE_OVAL.map((index) => ({ x: levelled[index * 3], y: levelled[index * 3 + 1] }));
  const middle = middleLine(levelled);
  for (let y = 0; y < size; y++) {
    const row = y * size;
    const across = crossings(oval, y + 0.5);
    let outsideFrom = row;
    for (let i = 0; i + 1 < across.length; i += 2) {
      const from = row + Math.min(size, Math.max(0, Math.ceil(across[i] - 0.5)));
      const end = row + Math.min(size, Math.max(0, Math.floor(across[i + 1] + 0.5)));
      const split = Math.min(end, Math.max(from, row + Math.round(middle(y))));
      addLuma(halves[0], planes, size, from, split);
      addLuma(halves[1], planes, size, split, end);
      addLuma(around, planes, size, outsideFrom, from);
      outsideFrom = Math.max(outsideFrom, end);
    }
    addLuma(around, planes, size, outsideFrom, row + size);
  }
  return describe(halves, around);
}

function describe([left, right]: readonly [Sums, Sums], around: Sums): Light {
  const count = left.count + right.count;
  if (count === 0) return NO_LIGHT;
  const mean = (left.luma + right.luma) / count;
  const sides = [left, right].map((half) => (half.count > 0 ? half.luma / half.count : mean));
  const [darker, brighter] = [Math.min(...sides), Math.max(...sides)];
  return {
    brightness: mean,
    contrast: Math.sqrt(Math.max(0, (left.squares + right.squares) / count - mean * mean)),
    evenness: brighter > 0 ? darker / brighter : 1,
    surround: around.count > 0 ? around.luma / around.count : mean,
  };
}

function none(): Sums {
  return { count: 0, luma: 0, squares: 0 };
}

function addLuma(sums: Sums, planes: Float32Array, size: number, from: number, end: number): void {
  const plane = size * size;
  // Added up outside of the object: each number that goes there is written to memory.
  let { luma: sum, squares } = sums;
  for (let at = from; at < end; at++) {
    const luma = 0.2126 * planes[at] + 0.7152 * planes[plane + at] + 0.0722 * planes[2 * plane + at];
    sum += luma;
    squares += luma * luma;
  }
  sums.luma = sum;
  sums.squares = squares;
  sums.count += Math.max(0, end - from);
}

/** Where the line from the top of the forehead to the chin is, by row. */
function middleLine(levelled: Float32Array): (y: number) => number {
  const [x0, y0] = [levelled[POINT.foreheadTop * 3], levelled[POINT.foreheadTop * 3 + 1]];
  const [x1, y1] = [levelled[POINT.chin * 3], levelled[POINT.chin * 3 + 1]];
  const slope = y1 === y0 ? 0 : (x1 - x0) / (y1 - y0);
  return (y) => x0 + slope * (y - y0);
}
