import type { FaceRegion, HeadScores } from '../inspection.ts';
import shipped from './heads.json' with { type: 'json' };
import { deriveSignals, evaluateJoin, type Join } from './signals.ts';

/** What the heads read of one face: FaceMesh's answer. */
export interface HeadInput {
  /** The shared activations, 128 channels x 6 x 6 cells. */
  readonly features: Float32Array;
  /** FaceMesh's belief that it looks at a face, 0 to 1. */
  readonly flag: number;
  /** 468 points x, y, z in pixels of the network's levelled input. */
  readonly levelled: Float32Array;
}

/** The trained heads: what FaceMesh's activations tell besides its points. Pure; one instance serves everyone. */
export interface Heads {
  /** Which training made them. */
  readonly version: string;
  /**
   * Reads one face.
   *
   * @param mesh          what FaceMesh said of the face
   * @param detectorScore the detector's confidence in the face, 0 to 1
   * @throws RangeError when there are not as many activations as the heads were trained on
   */
  read(mesh: HeadInput, detectorScore: number): HeadScores;
}

/** A trained set of heads, as `tools/train` writes it to `heads.json`. */
export interface HeadsFile {
  readonly version: string;
  readonly provenance: string;
  /** For each head its weights: 8-bit integers in base64, and a scale for each channel as 32-bit floats in base64. */
  readonly heads: Readonly<Record<string, { weights: string; scales: string; bias: number }>>;
  /** For each answer the signals that it is joined from. */
  readonly joins: Readonly<Record<string, Join>>;
}

interface Head {
  readonly name: string;
  readonly weights: Float32Array;
  readonly bias: number;
}

const CHANNELS = 128;

/** Cells of a channel: a grid of 6 x 6. A channel's weights share a scale. */
const CELLS = 36;

const FEATURES = CHANNELS * CELLS;

/** The estimate of the turn is cut to this, in degrees. */
const MAX_YAW = 90;

const REGIONS = ['leftEye', 'rightEye', 'nose', 'mouth', 'chin'] as const satisfies readonly FaceRegion[];

const ANSWERS = ['human', 'yaw', 'profile', 'obstructed', ...REGIONS] as const;

/**
 * Opens a trained set of heads; that of the package by default.
 *
 * @throws Error when the file lacks a head or an answer, or a head has not a weight for each activation
 */
export function loadHeads(file: HeadsFile = shipped): Heads {
  const heads = Object.entries(file.heads).map(([name, head]) => unpack(name, head));
  for (const answer of ANSWERS)
    if (!file.joins[answer]) throw new Error(`the heads' file has no answer "${answer}"`);
  return {
    version: file.version,
    read({ features, flag, levelled }, detectorScore) {
      if (features.length !== FEATURES)
        throw new RangeError(`${features.length} activations were given; the heads read ${FEATURES}`);
      const outputs = new Map(heads.map((head) => [head.name, evaluateHead(head, features)]));
      const scores = { score: detectorScore, flag, meshYaw: cheekYaw(levelled) };
      const signals = deriveSignals(outputs, scores);
      const value = (answer: (typeof ANSWERS)[number]) => evaluateJoin(file.joins[answer], signals);
      const probability = (answer: (typeof ANSWERS)[number]) => round(1 / (1 + Math.exp(-value(answer))));
      return {
        human: probability('human'),
        yaw: round(Math.min(MAX_YAW, Math.max(0, value('yaw')))),
        profile: probability('profile'),
        covered: {
          leftEye: probability('leftEye'),
          rightEye: probability('rightEye'),
          nose: probability('nose'),
          mouth: probability('mouth'),
          chin: probability('chin'),
        },
        obstructed: probability('obstructed'),
      };
    },
  };
}

/**
 * FaceMesh's own yaw in degrees: the turn of the line from cheek to cheek, points 234 and 454 of its mesh.
 *
 * @param levelled 468 points x, y, z in pixels of the network's levelled input
 */
export function cheekYaw(levelled: Float32Array): number {
  const [right, left] = [234 * 3, 454 * 3];
  const across = levelled[left] - levelled[right];
  const depth = levelled[left + 2] - levelled[right + 2];
  return (Math.atan2(depth, across) * 180) / Math.PI;
}

function evaluateHead({ weights, bias }: Head, features: Float32Array): number {
  let sum = bias;
  for (let i = 0; i < FEATURES; i++) sum += weights[i] * features[i];
  return sum;
}

function unpack(name: string, { weights, scales, bias }: HeadsFile['heads'][string]): Head {
  const whole = new Int8Array(Buffer.from(weights, 'base64'));
  const bytes = Buffer.from(scales, 'base64');
  if (whole.length !== FEATURES || bytes.length !== CHANNELS * 4)
    throw new Error(`the head "${name}" has ${whole.length} weights; ${FEATURES} are needed`);
  const unpacked = Float32Array.from(whole, (q, i) => q * bytes.readFloatLE(Math.floor(i / CELLS) * 4));
  return { name, weights: unpacked, bias };
}

/** Scores are given as exactly as they mean something. */
function round(value: number): number {
  return Number(value.toFixed(4));
}
