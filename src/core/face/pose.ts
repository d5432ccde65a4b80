import type { Pose } from '../inspection.ts';
import type { MeshResult } from './mesh.ts';
import { POINT } from './mesh-points.ts';

const DEGREES = 180 / Math.PI;

/**
 * The tilt of the line from forehead to chin in a level head, in degrees: its top lies behind its bottom. Between
 * what labelled photos with a known pitch say (3, AFLW2000), and frontal portraits (8) and drawn level heads (9).
 */
const LEVEL_TILT = 5;

/**
 * The head's angles from the mesh, in degrees. Yaw is the turn of the line from cheek to cheek, pitch the tilt
 * of the line from forehead to chin, roll the line of the eyes in the picture. Good to about 45 degrees of yaw;
 * beyond that the mesh collapses and the trained head takes over.
 */
export function meshPose({ levelled, points }: MeshResult): Pose {
  const difference = (of: Float32Array, from: number, to: number, axis: number) =>
    of[to * 3 + axis] - of[from * 3 + axis];
  const across = [POINT.rightCheekEdge, POINT.leftCheekEdge] as const;
  const down = [POINT.foreheadTop, POINT.chin] as const;
  const eyes = [POINT.rightEyeOuter, POINT.leftEyeOuter] as const;
  return {
    yaw: DEGREES * Math.atan2(difference(levelled, ...across, 2), difference(levelled, ...across, 0)),
    pitch:
      LEVEL_TILT - DEGREES * Math.atan2(difference(levelled, ...down, 2), difference(levelled, ...down, 1)),
    roll: DEGREES * Math.atan2(difference(points, ...eyes, 1), difference(points, ...eyes, 0)),
  };
}
