import type { PixelRows } from '../image/pixels.ts';
import type { RawDetection } from './anchors.ts';
import type { Network } from './networks.ts';
import { type Square, sampleSquare } from './sample.ts';

/** What FaceMesh says of one face. All but the points is valid until the next face. */
export interface MeshResult {
  /** The square that was shown to it, in decoded pixels of the picture. */
  readonly square: Square;
  /** 468 points x, y, z in decoded pixels of the picture; z smaller is nearer. */
  readonly points: Float32Array;
  /** The same points in pixels of the network's input: levelled, so that angles do not depend on the roll. */
  readonly levelled: Float32Array;
  /** The network's belief that it looks at a face, 0 to 1. */
  readonly flag: number;
  /** The shared activations, 128 x 6 x 6, that the trained heads read. */
  readonly features: Float32Array;
  /** The network's input, 3 x size x size from 0 to 1. */
  readonly input: Float32Array;
}

/** The face is cut out as a square of this many times its longer edge (MediaPipe's setting). */
export const MESH_OVER_FACE = 1.5;

/** FaceMesh on one face at a time. It owns its buffers, so one instance serves one picture at a time. */
export class Mesh {
  readonly #network: Network;

  constructor(network: Network) {
    this.#network = network;
  }

  /** Measures a detected face: cut out, turned so that the eyes are level. */
  async measure(pixels: PixelRows, face: RawDetection): Promise<MeshResult> {
    const square = faceSquare(face);
    const { size: outSize, input } = this.#network;
    sampleSquare(pixels, square, { outSize, scale: 1 / 255 }, input);
    const { mesh: levelled, flag, features } = await this.#network.run();
    return { square, points: toPicture(levelled, square, outSize), levelled, flag: flag[0], features, input };
  }
}

/** The square that FaceMesh wants to see: around the box, levelled by the line of the eyes. */
function faceSquare(face: RawDetection): Square {
  const [left, top, right, bottom] = face.box;
  const [rightEyeX, rightEyeY, leftEyeX, leftEyeY] = face.points;
  return {
    cx: (left + right) / 2,
    cy: (top + bottom) / 2,
    size: MESH_OVER_FACE * Math.max(right - left, bottom - top),
    angle: Math.atan2(leftEyeY - rightEyeY, leftEyeX - rightEyeX),
  };
}

/** Mesh points in pixels of the picture, from those in pixels of the network's input; z is scaled alike. */
function toPicture(levelled: Float32Array, square: Square, inputSize: number): Float32Array {
  const points = new Float32Array(levelled.length);
  const scale = square.size / inputSize;
  const cos = Math.cos(square.angle) * scale;
  const sin = Math.sin(square.angle) * scale;
  for (let i = 0; i < levelled.length; i += 3) {
    const x = levelled[i] - inputSize / 2;
    const y = levelled[i + 1] - inputSize / 2;
    points[i] = square.cx + cos * x - sin * y;
    points[i + 1] = square.cy + sin * x + cos * y;
    points[i + 2] = levelled[i + 2] * scale;
  }
  return points;
}
