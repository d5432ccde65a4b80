/** The library: every public name, one line each. */

export type { LimitDefinition, LimitName } from './checks/limits.ts';
export { LIMITS } from './checks/limits.ts';
export type { Policy, PolicyOverrides } from './checks/policy.ts';
export { DEFAULT_POLICY } from './checks/policy.ts';
export { MAX_ASPECT, MAX_BYTES, MAX_EDGE } from './image/limits.ts';
export type { InspectOptions, Inspector, InspectorOptions, Stage } from './inspect.ts';
export type {
  AdvisoryReason,
  Box,
  Check,
  CheckReason,
  CheckStatus,
  Cover,
  CoverClass,
  Crop,
  Face,
  FaceReason,
  FaceRegion,
  HeadScores,
  ImageFormat,
  ImageHeader,
  ImageInfo,
  Inspection,
  Landmarks,
  Orientation,
  Point,
  Pose,
  Subject,
  SurfaceClass,
  SurfaceRegion,
  SurfaceShares,
} from './inspection.ts';
export { createInspector } from './inspector.ts';
export type { Repair, RepairDeps, RepairedPicture, RepairOptions } from './repair/repair.ts';
export { repair } from './repair/repair.ts';
export type { CatalogueEntry, ErrorCode } from './wire/errors.ts';
export { CATALOGUE, DetectError } from './wire/errors.ts';
