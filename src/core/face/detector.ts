import type { Pixels } from '../image/pixels.ts';
import { WORKING_EDGE } from '../image/working-size.ts';
import type { QuarterTurns } from '../inspection.ts';
import { type RawDetection, readDetections } from './anchors.ts';
import { Letterboxer } from './letterbox.ts';
import type { Network } from './networks.ts';
import { turnBack, turnSquare } from './turn.ts';

/**
 * BlazeFace over a picture. It owns its buffers, so one instance serves one picture at a time.
 */
export class Detector {
  readonly #network: Network;
  readonly #letterboxer: Letterboxer;

  constructor(network: Network) {
    this.#network = network;
    this.#letterboxer = new Letterboxer(network.size, WORKING_EDGE);
  }

  /**
   * The faces of a whole picture. It sees faces from about a twentieth of the long edge on.
   *
   * @param minScore 0 to 1
   * @param turns    quarter turns clockwise by which the picture is turned before it is looked at
   * @returns boxes and points in pixels of `pixels`, the best score first
   */
  async look(pixels: Pixels, minScore: number, turns: QuarterTurns = 0): Promise<RawDetection[]> {
    const { size, input } = this.#network;
    const { step, left, top } = this.#letterboxer.fit(pixels, input);
    if (turns !== 0) turnSquare(input, size, turns);
    const { scores16, boxes16, scores32, boxes32 } = await this.#network.run();
    const grids = [
      { scores: scores16, boxes: boxes16, stride: 16, perCell: 2 },
      { scores: scores32, boxes: boxes32, stride: 32, perCell: 6 },
    ];
    return readDetections(grids, size, minScore).map((seen) => {
      const { score, box, points } = turnBack(seen, size, turns);
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
