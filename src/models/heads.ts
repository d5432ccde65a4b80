import type { FaceRegion, HeadScores } from '../inspection.ts';
import { HeadNetwork, type NetworkFile } from './head-network.ts';
import shipped from './heads.json' with { type: 'json' };
import { compileJoin, deriveSignals, type Join } from './signals.ts';

/** What the heads read of one face: FaceMesh's answer, and the face's colours. */
export interface HeadInput {
  /** The shared activations, 128 channels x 6 x 6 cells. */
  readonly features: Float32Array;
  /** See `sampleTints`. */
  readonly tints: Float32Array;
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
   * @param face          what was seen of it
   * @param detectorScore the detector's confidence in the face, 0 to 1
   * @throws RangeError when there are not as many numbers as the heads were trained on
   */
  read(face: HeadInput, detectorScore: number): HeadScores;
}

/** A trained set of heads, as `tools/train` writes it to `heads.json`. */
export interface HeadsFile {
  readonly version: string;
  readonly provenance: string;
  /** Gives each head's output. */
  readonly network: NetworkFile;
  /** For each answer the signals that it is joined from. */
  readonly joins: Readonly<Record<string, Join>>;
}

/** The estimate of the turn is cut to this, in degrees. */
const MAX_YAW = 90;

const REGIONS = ['leftEye', 'rightEye', 'nose', 'mouth', 'chin'] as const satisfies readonly FaceRegion[];

const ANSWERS = ['human', 'yaw', 'profile', 'obstructed', ...REGIONS] as const;

/**
 * Opens a trained set of heads; that of the package by default.
 *
 * @throws Error when the file lacks an answer, or its network is damaged
 */
export function loadHeads(file: HeadsFile = shipped): Heads {
  const network = new HeadNetwork(file.network);
  const joins = Object.fromEntries(
    ANSWERS.map((answer) => {
      const join = file.joins[answer];
      if (!join) throw new Error(`the heads' file has no answer "${answer}"`);
      return [answer, compileJoin(join)];
    }),
  ) as Record<(typeof ANSWERS)[number], ReturnType<typeof compileJoin>>;
  return {
    version: file.version,
    read({ features, tints, flag, levelled }, detectorScore) {
      const outputs = network.run(features, tints);
      const scores = { score: detectorScore, flag, meshYaw: cheekYaw(levelled) };
      const signals = deriveSignals(outputs, scores);
      const value = (answer: (typeof ANSWERS)[number]) => joins[answer](signals);
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

/** Scores are given as exactly as they mean something. */
function round(value: number): number {
  return Number(value.toFixed(4));
}
