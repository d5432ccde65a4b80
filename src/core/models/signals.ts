/** What the networks themselves say of a face, as the heads read it. */

/** What the networks themselves say of a face. */
export interface NetworkScores {
  /** The detector's confidence, 0 to 1. */
  readonly score: number;
  /** FaceMesh's belief that it looks at a face, 0 to 1. */
  readonly flag: number;
  /** FaceMesh's own yaw in degrees, of either sign. */
  readonly meshYaw: number;
}

/** Scores are kept this far off 0 and 1, whose logits are infinite. */
const SCORE_MARGIN = 1e-4;

/** Angles are told to the heads, and told by them, in units of this many degrees: as large as logits. */
export const DEGREES_UNIT = 45;

/** The networks' own scores as the heads read them: logits, and the turn with and without its sign. */
export function scoreSignals({ score, flag, meshYaw }: NetworkScores): readonly number[] {
  const yaw = meshYaw / DEGREES_UNIT;
  return [logit(score), logit(flag), yaw, Math.abs(yaw)];
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

function logit(probability: number): number {
  const p = Math.min(1 - SCORE_MARGIN, Math.max(SCORE_MARGIN, probability));
  return Math.log(p / (1 - p));
}
