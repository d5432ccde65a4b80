import { readFile } from 'node:fs/promises';
import { type RawDetection, scaleDetection } from '../../src/core/face/anchors.ts';
import { Detector } from '../../src/core/face/detector.ts';
import { frameGaps } from '../../src/core/face/frame.ts';
import { Mesh } from '../../src/core/face/mesh.ts';
import { MESH_INPUT } from '../../src/core/face/networks.ts';
import { type Square, sampleSquare } from '../../src/core/face/sample.ts';
import { FaceSearch } from '../../src/core/face/search.ts';
import { surfaceSquare } from '../../src/core/face/surface.ts';
import { sampleTints } from '../../src/core/face/tints.ts';
import { readHeader } from '../../src/core/image/header.ts';
import type { Pixels } from '../../src/core/image/pixels.ts';
import { firstEdge } from '../../src/core/image/working-size.ts';
import { cheekYaw } from '../../src/core/models/signals.ts';
import { SURFACE_INPUT } from '../../src/core/models/surface-network.ts';
import { decodeImage } from '../../src/node/decode/decode.ts';
import { openOnnxNetworks } from '../../src/node/networks/onnx-networks.ts';
import type { Placement } from './lessons.ts';

/** What the networks say of one face, with all that heads can read. */
export interface Reading {
  readonly score: number;
  readonly flag: number;
  /** FaceMesh's own yaw in degrees, positive to the picture's right. */
  readonly yaw: number;
  /** The last shared activations (`p_re_lu_15`), 128 x 6 x 6. */
  readonly activations: Float32Array;
  /** The face's colours, see `sampleTints`. */
  readonly tints: Float32Array;
  /** The surface network's input, 3 x 96 x 96, as whole numbers. */
  readonly crop: Uint8Array;
  /** How far the frame is from the face, see `frameGaps`. */
  readonly frame: readonly number[];
  /** The square that it was cut from, in decoded pixels. */
  readonly cropSquare: Square;
  /** 468 points x, y, z in pixels of the mesh's input. */
  readonly levelled: Float32Array;
  /** 468 points x, y, z in decoded pixels. */
  readonly points: Float32Array;
  readonly square: Square;
}

/** The product's way from a file to what the heads read. */
export interface Vision {
  /** Faces of a picture as the product finds them, the largest first. */
  look(pixels: Pixels): Promise<RawDetection[]>;
  /** The same down to a score at which the product no longer looks, by the detector's full input. */
  lookCloser(pixels: Pixels, minScore: number): Promise<RawDetection[]>;
  measure(pixels: Pixels, face: RawDetection): Promise<Reading>;
}

/** A face narrower than this, in decoded pixels, is measured on the larger decoding. */
const FINE_WIDTH = 128;

/** Opens the detector and the mesh network. */
export async function openVision(): Promise<Vision> {
  const networks = await openOnnxNetworks();
  const search = new FaceSearch(networks);
  const detector = new Detector(networks.detector);
  const mesh = new Mesh(networks.mesh);
  return {
    look: async (pixels) => largestFirst(await search.search(pixels)),
    lookCloser: async (pixels, minScore) => largestFirst(await detector.look(pixels, minScore)),
    async measure(pixels, face) {
      const { features, flag, input, levelled, points, square } = await mesh.measure(pixels, face);
      const cropSquare = surfaceSquare(square);
      return {
        score: face.score,
        flag,
        yaw: cheekYaw(levelled),
        crop: cutBytes(pixels, cropSquare, SURFACE_INPUT),
        cropSquare,
        frame: frameGaps(square, pixels),
        levelled: levelled.slice(),
        activations: features.slice(),
        tints: sampleTints(input, MESH_INPUT, levelled),
        points,
        square,
      };
    },
  };
}

/** Decodes a picture as the product does before its first look. */
export async function decodeFirst(path: string): Promise<Pixels> {
  const bytes = await readFile(path);
  const header = readHeader(bytes, true);
  return decodeImage(bytes, header, { maxEdge: firstEdge(header) });
}

/**
 * The pixels and the box that the product hands to the mesh network: those of the first decoding, or, for a small
 * face in a large picture, of the second.
 *
 * @param change what was done to the first decoding, to be done to the second as well
 */
export async function decodeFor(
  path: string,
  first: Pixels,
  face: RawDetection,
  change: (pixels: Pixels) => Pixels = (pixels) => pixels,
): Promise<[Pixels, RawDetection]> {
  if (boxWidth(face) >= FINE_WIDTH || first.scaleX <= 1) return [first, face];
  const bytes = await readFile(path);
  const second = await decodeImage(bytes, readHeader(bytes, true));
  const factor = first.scaleX / second.scaleX;
  return [change(second), scaleDetection(face, factor, factor)];
}

/** A face that scores less than this is taken for the person of a picture only if there is no better one. */
const SURE_SCORE = 0.5;

/** How far a box may differ from a labelled face that it is taken for: in width, and from the middle in widths. */
const LEAST_WIDTH = 0.55;
const FURTHEST = 0.45;

/**
 * The person of a picture among the faces found, the largest first: the first sure one.
 *
 * @param faceWidth width of the labelled face in stored pixels, which is in the middle; null where unknown
 * @returns undefined where nobody is found, or only what is not the labelled face, an ear for instance
 */
export function findSubject(
  faces: readonly RawDetection[],
  pixels: Pixels,
  faceWidth: number | null,
): RawDetection | undefined {
  const subject = faces.find(({ score }) => score >= SURE_SCORE) ?? faces[0];
  if (!subject || faceWidth === null) return subject;
  const width = faceWidth / pixels.scaleX;
  const [left, top, right, bottom] = subject.box;
  const off = Math.hypot((left + right - pixels.width) / 2, (top + bottom - pixels.height) / 2);
  return boxWidth(subject) >= LEAST_WIDTH * width && off <= FURTHEST * width ? subject : undefined;
}

function largestFirst(faces: RawDetection[]): RawDetection[] {
  return faces.sort((a, b) => boxWidth(b) - boxWidth(a));
}

/** Width of a face's box. */
export function boxWidth({ box }: RawDetection): number {
  return box[2] - box[0];
}

/** A square of the picture as planes of bytes, by the product's own sampling. */
export function cutBytes(pixels: Pixels, square: Square, size: number): Uint8Array {
  const planes = new Float32Array(3 * size * size);
  sampleSquare(pixels, square, { outSize: size, scale: 1 }, planes);
  return Uint8Array.from(planes, Math.round);
}

/** Where a square of decoded pixels lies in the picture. */
export function placementOf({ cx, cy, size, angle }: Square, width: number): Placement {
  const [cos, sin] = [(Math.cos(angle) * size) / width, (Math.sin(angle) * size) / width];
  return [cos, -sin, cx / width - (cos - sin) / 2, sin, cos, cy / width - (sin + cos) / 2];
}
