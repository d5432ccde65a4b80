import { type InferenceSession, Tensor } from 'onnxruntime-node';

/** The input of a network, made once and filled anew for each picture. */
export interface NetworkInput {
  /** Edge of the square, in pixels. */
  readonly size: number;
  /** 3 x size x size numbers: R, G, B. */
  readonly data: Float32Array;
  /** What `InferenceSession.run` takes; it reads `data`. */
  readonly feeds: Readonly<Record<string, Tensor>>;
}

/** Makes the input of a session whose one input is a square picture of this edge. */
export function makeInput(session: InferenceSession, size: number): NetworkInput {
  const data = new Float32Array(3 * size * size);
  return { size, data, feeds: { [session.inputNames[0]]: new Tensor('float32', data, [1, 3, size, size]) } };
}
