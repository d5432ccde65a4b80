/** The library: every public name, one line each. */

export { inLanguage } from './core/checks/in-language.ts';
export type { LimitDefinition, LimitName } from './core/checks/limits.ts';
export { LIMITS } from './core/checks/limits.ts';
export type { Policy, PolicyOverrides } from './core/checks/policy.ts';
export { DEFAULT_POLICY } from './core/checks/policy.ts';
export type { Preset, PresetCrop, PresetLimit, Source } from './core/checks/preset.ts';
export { PRESETS } from './core/checks/presets.ts';
export type { ImageLimits } from './core/image/limits.ts';
export { CONTRACT_LIMITS, MAX_ASPECT, MAX_BYTES, MAX_EDGE } from './core/image/limits.ts';
export type { InspectOptions, Inspector, InspectorOptions, Stage } from './core/inspect.ts';
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
  Quality,
  QualityPart,
  Subject,
  SurfaceClass,
  SurfaceRegion,
  SurfaceShares,
} from './core/inspection.ts';
export type { Language } from './core/words/catalogue.ts';
export { LANGUAGES } from './core/words/catalogue.ts';
export type { CatalogueEntry, ErrorCode } from './errors.ts';
export { CATALOGUE, DetectError } from './errors.ts';
export type { EngineName, Engines } from './node/engine.ts';
export type { NodeInspector, NodeInspectorOptions } from './node/inspector.ts';
export { createInspector } from './node/inspector.ts';
export type { Repair, RepairDeps, RepairedPicture, RepairOptions } from './repair/repair.ts';
export { repair } from './repair/repair.ts';
