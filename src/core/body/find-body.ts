import { fitLetterbox } from '../face/letterbox.ts';
import type { Network } from '../face/networks.ts';
import type { Pixels } from '../image/pixels.ts';
import { BODY_POINTS, type Body } from '../inspection.ts';
import { BODY_GRID } from './points.ts';

const CELLS = BODY_GRID * BODY_GRID;
/** How little a cell counts the further it is from where a point is expected, as MoveNet has it. */
const NEAR = 1.8;

/** What the network answers: planes of cells, scores from 0 to 1. */
interface Answers {
  readonly heat: Float32Array;
  readonly center: Float32Array;
  readonly regress: Float32Array;
  readonly offset: Float32Array;
}

/** The largest body of a picture. It owns its buffers, so one instance serves one picture at a time. */
export class BodyFinder {
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  /** @returns its points in pixels of the upright picture as stored */
  async find(pixels: Pixels): Promise<Body> {
    const { size, input } = this.#network;
    const { step, left, top } = fitLetterbox(pixels, size, input);
    const points = readPoints((await this.#network.run()) as unknown as Answers);
    const scale = size / BODY_GRID;
    const entries = points.map(({ x, y, score }, at) => [
      BODY_POINTS[at],
      {
        x: round((x * scale - left) * step * pixels.scaleX, 100),
        y: round((y * scale - top) * step * pixels.scaleY, 100),
        score: round(score, 10_000),
      },
    ]);
    return Object.fromEntries(entries) as Body;
  }
}

/**
 * MoveNet's last steps: the cell that is most likely the middle of a body says where each point is to be expected; the hottest
 * cell near there has it, and how far off its corner it is.
 *
 * @returns in cells
 */
function readPoints({ heat, center, regress, offset }: Answers) {
  const middle = hottest((cell) => center[cell] ?? 0);
  const [row, column] = placeOf(middle);
  return BODY_POINTS.map((_, at) => {
    const wantedY = row + (regress[2 * at * CELLS + middle] ?? 0);
    const wantedX = column + (regress[(2 * at + 1) * CELLS + middle] ?? 0);
    const cell = hottest((cell) => {
      const [y, x] = placeOf(cell);
      return (heat[at * CELLS + cell] ?? 0) / (Math.hypot(y - wantedY, x - wantedX) + NEAR);
    });
    const [y, x] = placeOf(cell);
    return {
      y: y + (offset[2 * at * CELLS + cell] ?? 0),
      x: x + (offset[(2 * at + 1) * CELLS + cell] ?? 0),
      score: heat[at * CELLS + cell] ?? 0,
    };
  });
}

function placeOf(cell: number): readonly [row: number, column: number] {
  return [Math.floor(cell / BODY_GRID), cell % BODY_GRID];
}

function hottest(heatOf: (cell: number) => number): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let cell = 0; cell < CELLS; cell++) {
    const heat = heatOf(cell);
    if (heat <= most) continue;
    best = cell;
    most = heat;
  }
  return best;
}

function round(value: number, scale: number): number {
  return Math.round(value * scale) / scale;
}
