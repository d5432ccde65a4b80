import type { Pixels } from '../image/pixels.ts';
import type { QuarterTurns } from '../inspection.ts';
import { type RawDetection, readDetections } from './anchors.ts';
import { fitLetterbox, type Letterbox } from './letterbox.ts';
import type { Network } from './networks.ts';
import { turnBack, turnSquare } from './turn.ts';

/** How much of a clockwise turn a further quarter is. */
const NEXT: Readonly<Record<QuarterTurns, QuarterTurns>> = { 0: 1, 1: 2, 2: 3, 3: 0 };

/**
 * BlazeFace over a picture. It owns its buffers, so one instance serves one picture at a time.
 */
export class Detector {
  readonly #network: Network;
  /** Where the picture lies that was looked at last, and by how much it is turned there. */
  #letterbox: Letterbox = { step: 1, left: 0, top: 0 };
  #turns: QuarterTurns = 0;

  constructor(network: Network) {
    this.#network = network;
  }

  /**
   * The faces of a whole picture. It sees faces from about a twentieth of the long edge on.
   *
   * @param minScore 0 to 1
   * @returns boxes and points in pixels of `pixels`, the best score first
   */
  async look(pixels: Pixels, minScore: number): Promise<RawDetection[]> {
    this.#letterbox = fitLetterbox(pixels, this.#network.size, this.#network.input);
    this.#turns = 0;
    return this.#see(minScore);
  }

  /**
   * The faces of the picture that was looked at last, turned a quarter further: a network leaves its input as it is, so nothing
   * is sampled again.
   *
   * @returns as {@link look}, in pixels of the picture as it was given
   */
  async lookTurned(minScore: number): Promise<RawDetection[]> {
    turnSquare(this.#network.input, this.#network.size);
    this.#turns = NEXT[this.#turns];
    return this.#see(minScore);
  }

  async #see(minScore: number): Promise<RawDetection[]> {
    const { size } = this.#network;
    const { step, left, top } = this.#letterbox;
    const { scores16, boxes16, scores32, boxes32 } = await this.#network.run();
    const grids = [
      { scores: scores16, boxes: boxes16, stride: 16, perCell: 2 },
      { scores: scores32, boxes: boxes32, stride: 32, perCell: 6 },
    ];
    return readDetections(grids, size, minScore).map((seen) => {
      const { score, box, points } = turnBack(seen, size, this.#turns);
      return {
        score,
        box: [
          (box[0] - left) * step,
          (box[1] - top) * step,
          (box[2] - left) * step,
          (box[3] - top) * step,
        ] as const,
        points: points.map((value, i) => (value - (i % 2 === 0 ? left : top)) * step),
      };
    });
  }
}
