import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { Pixels } from '../image/pixels.ts';
import { type RawDetection, readDetections } from './anchors.ts';
import { type Square, sampleSquare } from './sample.ts';

/**
 * BlazeFace over one square of a picture. It owns its input buffer, so one instance serves one picture at a
 * time.
 */
export class Detector {
  readonly #session: InferenceSession;
  readonly #inputSize: number;
  readonly #input: Float32Array;
  readonly #feeds: Record<string, Tensor>;

  /** @param inputSize edge of the session's input, in pixels */
  constructor(session: InferenceSession, inputSize: number) {
    this.#session = session;
    this.#inputSize = inputSize;
    this.#input = new Float32Array(3 * inputSize * inputSize);
    this.#feeds = {
      [session.inputNames[0]]: new Tensor('float32', this.#input, [1, 3, inputSize, inputSize]),
    };
  }

  /**
   * The faces in an upright square of the picture, black where it reaches over the border.
   *
   * @param minScore 0 to 1
   * @returns boxes and points in decoded pixels of the picture, the best score first
   */
  async look(pixels: Pixels, square: Square, minScore: number): Promise<RawDetection[]> {
    const size = this.#inputSize;
    const sampling = { outSize: size, scale: 1 / 127.5, bias: -1, outside: 'black' } as const;
    sampleSquare(pixels, square, sampling, this.#input);
    const outputs = await this.#session.run(this.#feeds);
    const floats = (name: string) => outputs[name].data as Float32Array;
    const grids = [
      { scores: floats('scores16'), boxes: floats('boxes16'), stride: 16, perCell: 2 },
      { scores: floats('scores32'), boxes: floats('boxes32'), stride: 32, perCell: 6 },
    ];
    const scale = square.size / size;
    const left = square.cx - square.size / 2;
    const top = square.cy - square.size / 2;
    return readDetections(grids, size, minScore).map(({ score, box, points }) => ({
      score,
      box: [
        left + box[0] * scale,
        top + box[1] * scale,
        left + box[2] * scale,
        top + box[3] * scale,
      ] as const,
      points: points.map((value, i) => (i % 2 === 0 ? left : top) + value * scale),
    }));
  }
}
