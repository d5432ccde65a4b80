/** What is known of a head's turn, in degrees. */
export interface YawEvidence {
  /** FaceMesh's own, of either sign. */
  readonly meshYaw: number;
  /** The heads' network's, without sign. */
  readonly networkYaw: number;
  /** Probability that the head is in profile. */
  readonly profile: number;
}

/** From here on the mesh says too little, by this much of what is beyond: the line of the cheeks is bent. */
const SHORT_FROM = 30;
const SHORT_BY = 0.2;

/** A profile is turned at least so far, whatever the network says. */
const LEAST_PROFILE = 66;

const MAX_YAW = 90;

/**
 * How far a head is turned to either side, 0 to 90 degrees. The mesh knows best, up to some 50 degrees; in profile it collapses
 * towards zero, and the network knows better.
 */
export function estimateYaw({ meshYaw, networkYaw, profile }: YawEvidence): number {
  const seen = Math.abs(meshYaw);
  const mesh = seen + SHORT_BY * Math.max(0, seen - SHORT_FROM);
  const inProfile = Math.max(mesh, networkYaw, LEAST_PROFILE);
  return Math.min(MAX_YAW, mesh + profile * (inProfile - mesh));
}
