import type { FaceRegion, HeadScores } from '../inspection.ts';
import { Forest, type ForestFile } from './forest.ts';
import { HeadNetwork, type NetworkFile } from './head-network.ts';
import shipped from './heads.json' with { type: 'json' };
import { cheekYaw, DEGREES_UNIT, scoreSignals } from './signals.ts';
import { estimateYaw } from './yaw.ts';

/** What the heads read of one face: FaceMesh's answer, the face's colours, its surface, and the picture's frame. */
export interface HeadInput {
  /** The shared activations, 128 channels x 6 x 6 cells. */
  readonly features: Float32Array;
  /** See `sampleTints`. */
  readonly tints: Float32Array;
  /** For each region and class the mean and the largest share, see `readSurface`. */
  readonly surface: { readonly means: Float32Array; readonly largest: Float32Array };
  /** How far the picture's frame is from the face, see `frameGaps`. */
  readonly frame: readonly number[];
  /** FaceMesh's belief that it looks at a face, 0 to 1. */
  readonly flag: number;
  /** 468 points x, y, z in pixels of the network's levelled input. */
  readonly levelled: Float32Array;
}

/**
 * The trained heads: a network reads FaceMesh's activations, and forests what it says together with the face's surface.
 * Pure; one instance serves everyone.
 */
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
  readonly network: NetworkFile;
  readonly forests: {
    /** What a face is, of {@link KINDS}: the logarithm of how likely each is, up to a constant that they share. */
    readonly kind: ForestFile;
    /** Whether each region is covered: logits. */
    readonly covered: Readonly<Record<FaceRegion, ForestFile>>;
  };
}

/** What a face can be: clear, none of a human, in profile, covered, or cut off by the picture's frame. */
const KINDS = ['clear', 'none', 'profile', 'covered', 'cut'] as const;

const REGIONS = ['leftEye', 'rightEye', 'nose', 'mouth', 'chin'] as const satisfies readonly FaceRegion[];

/**
 * Opens a trained set of heads; that of the package by default.
 *
 * @throws Error when the file lacks an answer, or one of its parts is damaged
 */
export function loadHeads(file: HeadsFile = shipped): Heads {
  const network = new HeadNetwork(file.network);
  const kind = new Forest(file.forests.kind);
  if (kind.outputs.join() !== KINDS.join())
    throw new Error(`the heads' file has the kinds ${kind.outputs.join(', ')}`);
  const covered = REGIONS.map((region) => [region, new Forest(file.forests.covered[region])] as const);
  const yawOutput = file.network.outputs.indexOf('yaw');
  if (yawOutput < 0) throw new Error('the heads\' file has no output "yaw"');
  return {
    version: file.version,
    read({ features, tints, surface, frame, flag, levelled }, detectorScore) {
      const meshYaw = cheekYaw(levelled);
      const scores = scoreSignals({ score: detectorScore, flag, meshYaw });
      const outputs = network.run(features, [tints, scores]);
      const numbers = Float32Array.of(...outputs, ...scores, ...surface.means, ...surface.largest, ...frame);
      const spoilt = describeKind(kind.run(numbers));
      const networkYaw = outputs[yawOutput] * DEGREES_UNIT;
      return {
        ...spoilt,
        yaw: round(estimateYaw({ meshYaw, networkYaw, profile: spoilt.profile })),
        covered: Object.fromEntries(
          covered.map(([region, forest]) => [region, round(logistic(forest.run(numbers)[0]))]),
        ) as Record<FaceRegion, number>,
      };
    },
  };
}

/**
 * How likely a face is each thing that spoils it, each among what is left when those before it are ruled out: to be human, to
 * be cut off, to be in profile, to be covered.
 */
function describeKind(logits: readonly number[]) {
  const most = Math.max(...logits);
  const [clear, none, profile, hidden, cut] = logits.map((logit) => Math.exp(logit - most));
  const uncut = clear + profile + hidden;
  const human = uncut + cut;
  return {
    human: round(human / (human + none)),
    cutOff: round(cut / human),
    profile: round(profile / uncut),
    obstructed: round(hidden / (hidden + clear)),
  };
}

function logistic(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** Scores are given as exactly as they mean something. */
function round(value: number): number {
  return Number(value.toFixed(4));
}
