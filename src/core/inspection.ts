/**
 * The words of the project: what is known of one picture. Boxes and points are in pixels of the upright
 * picture as stored (EXIF orientation applied, before any scaling), angles in degrees, scores 0 to 1.
 */
import type { AdvisoryReason, FaceReason } from './checks/rules.ts';

export type { AdvisoryReason, FaceReason } from './checks/rules.ts';

/** A point; x to the right, y down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle by its top left corner; it may reach outside the picture. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The formats of the contract. */
export type ImageFormat = 'jpeg' | 'png' | 'bmp' | 'webp';

/** EXIF orientation: 1 is upright, 5 to 8 swap width and height. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** How many quarter turns, clockwise. */
export type QuarterTurns = 0 | 1 | 2 | 3;

/** A picture's format where it may be a frame of a film or a canvas, which was never a file. */
export type FrameFormat = 'frame';

/** What the header says, before any pixel is decoded. */
export interface ImageHeader<Format = ImageFormat> {
  readonly format: Format;
  /** Stored width in pixels, before the orientation is applied. */
  readonly width: number;
  /** Stored height in pixels, before the orientation is applied. */
  readonly height: number;
  readonly orientation: Orientation;
  /** More than one frame (WebP or APNG); the first one is judged. */
  readonly animated: boolean;
}

/** The picture of an inspection: its header, its size in bytes, and its upright size. */
export interface ImageInfo<Format = ImageFormat> extends ImageHeader<Format> {
  readonly bytes: number;
  readonly uprightWidth: number;
  readonly uprightHeight: number;
  /** Bytes that the file lacks at its end, though none of its pixels: 2 for a JPEG without its end marker, most often 0. */
  readonly missingBytes: number;
}

/** The detector's six key points; right and left are the person's own. */
export interface Landmarks {
  readonly rightEye: Point;
  readonly leftEye: Point;
  readonly nose: Point;
  readonly mouth: Point;
  readonly rightEar: Point;
  readonly leftEar: Point;
}

/** A face as the detector gives it. */
export interface Face {
  readonly box: Box;
  /** The detector's confidence, 0 to 1. */
  readonly score: number;
  readonly landmarks: Landmarks;
}

/** How the head is turned, in degrees. */
export interface Pose {
  /** Positive: the head turns to the picture's right. */
  readonly yaw: number;
  /** Positive: the head looks up. */
  readonly pitch: number;
  /** Positive: the head leans clockwise, as the viewer sees it. */
  readonly roll: number;
}

/** The largest face, with all that is measured on it. */
export interface Subject extends Face {
  /** The index of this face in `faces`. */
  readonly index: number;
  /** 468 points of FaceMesh as x, y, z triples; z in pixels too, smaller is nearer. Empty when not asked for. */
  readonly mesh: readonly number[];
  readonly pose: Pose;
  /** FaceMesh's own belief that it looks at a face, 0 to 1. */
  readonly faceFlag: number;
  /** Distance between the centres of the eyes, in pixels. */
  readonly interEyeDistance: number;
  /** Width of the face once the picture's long edge is at most 1280, as LivePortrait scales it, in pixels. */
  readonly workingWidth: number;
  /** Area of the box over the area of the picture, 0 to 1. */
  readonly frameShare: number;
  /** Share of the face's area that lies outside the picture, 0 to 1. */
  readonly outside: number;
  /** How sharp the face is; see `src/core/face/sharpness.ts` for the measure. */
  readonly sharpness: number;
  /** Mean luma inside the face, 0 (black) to 1 (white). */
  readonly brightness: number;
  /** Standard deviation of the luma inside the face, 0 to 0.5. */
  readonly contrast: number;
  /** Mean luma of the darker half of the face, left or right, over that of the brighter: 1 is even light. */
  readonly evenness: number;
  /** Mean luma right around the face, 0 (black) to 1 (white). */
  readonly surround: number;
  /** Opening of the mouth: the lips' gap over the mouth's width. */
  readonly mouthOpening: number;
  /** Opening of the more closed eye: the lids' gap over the eye's width. */
  readonly eyeOpening: number;
  /** What the trained heads say. */
  readonly heads: HeadScores;
  /** For each region the shares of what is seen there, 0 to 1: the region's mean; they add up to 1. */
  readonly surface: Readonly<Record<SurfaceRegion, SurfaceShares>>;
  /** What covers the face and where; null where no region is likely to be covered, and of a head in profile. */
  readonly cover: Cover | null;
}

/** What can be seen at a place of a face's picture; `skin` is that of hands and necks, `face` that of faces. */
export type SurfaceClass = 'background' | 'hair' | 'skin' | 'face' | 'cloth' | 'object';

/** Parts of a face whose surface is described; right and left are the person's own. */
export type SurfaceRegion = FaceRegion | 'leftCheek' | 'rightCheek' | 'forehead';

/** A share, 0 to 1, for each class. */
export type SurfaceShares = Readonly<Record<SurfaceClass, number>>;

/**
 * What can cover a face. `glasses` are things before both eyes alone, `cloth` is anything worn over mouth and nose too, and
 * `object` is what else there is, or what cannot be told.
 */
export const COVER_CLASSES = ['hand', 'glasses', 'hair', 'cloth', 'object'] as const;

/** One of {@link COVER_CLASSES}. */
export type CoverClass = (typeof COVER_CLASSES)[number];

/** What covers a face. */
export interface Cover {
  readonly class: CoverClass;
  /** What it covers: the regions that are more likely covered than not. */
  readonly regions: readonly FaceRegion[];
  /**
   * Where it covers the face: at most 8 outlines of at most 48 corners, each as x and y in turns, in pixels of the upright
   * picture, to be filled by the even-odd rule. Where the surface is not sure, the outline of the region.
   */
  readonly area: readonly (readonly number[])[];
}

/** The parts of a face that can be covered; right and left are the person's own. */
export type FaceRegion = 'leftEye' | 'rightEye' | 'nose' | 'mouth' | 'chin';

/** What the trained heads say of a face; probabilities are calibrated, see MODEL_CARD.md. */
export interface HeadScores {
  /** Probability that it is a human's (photographed, drawn, sculpted or rendered), not an animal's or a thing's. */
  readonly human: number;
  /** The turn of the head to either side, 0 to 90 degrees. */
  readonly yaw: number;
  /** Probability that the picture's frame cuts through the face, if it is a human's. */
  readonly cutOff: number;
  /** Probability that the head is in profile, turned 60 degrees or more, if it is not cut off. */
  readonly profile: number;
  /** For each region, the probability that something covers it. */
  readonly covered: Readonly<Record<FaceRegion, number>>;
  /** Probability that what covers the face makes it unusable, if it is not in profile: mouth or nose, or both eyes. */
  readonly obstructed: number;
}

/** The points of a body, in MoveNet's order; right and left are the person's own. */
export const BODY_POINTS = [
  'nose',
  'leftEye',
  'rightEye',
  'leftEar',
  'rightEar',
  'leftShoulder',
  'rightShoulder',
  'leftElbow',
  'rightElbow',
  'leftWrist',
  'rightWrist',
  'leftHip',
  'rightHip',
  'leftKnee',
  'rightKnee',
  'leftAnkle',
  'rightAnkle',
] as const;

/** One of {@link BODY_POINTS}. */
export type BodyPoint = (typeof BODY_POINTS)[number];

/** The largest body of a picture: where each point is, or would be, and how sure it is that it can be seen, 0 to 1. */
export type Body = Readonly<Record<BodyPoint, Point & { readonly score: number }>>;

/** "unknown" is an honest answer; a made-up number is not. */
export type CheckStatus = 'pass' | 'fail' | 'unknown';

/** The outcome of one check. */
export interface Check {
  readonly id: string;
  /** The measured value; null where there is nothing to measure. */
  readonly value: number | null;
  readonly unit: string;
  /** The limit of the policy that the value was held against; null where there is none. */
  readonly limit: number | null;
  readonly status: CheckStatus;
  /** The token of a failure, null otherwise. */
  readonly reason: CheckReason | null;
  /** One sentence for the person who has to do something about it; empty when there is nothing to do. */
  readonly advice: string;
  /** True where the value is a probability so near its limit that the outcome is not sure. */
  readonly unsure: boolean;
  /** True for a check that never fails a picture by itself. */
  readonly advisory: boolean;
}

/** The token of a failed check. */
export type CheckReason = FaceReason | AdvisoryReason;

/** What the quality of a picture is made of; `src/core/checks/quality-parts.ts` says how each is measured, and what it weighs. */
export const QUALITY_PARTS = [
  'human',
  'frontal',
  'clear',
  'whole',
  'sharp',
  'large',
  'level',
  'eyes',
  'mouth',
  'lit',
  'alone',
] as const;

/** One of {@link QUALITY_PARTS}. */
export type QualityPart = (typeof QUALITY_PARTS)[number];

/** How good a picture is beside others. It depends on no limit of the policy, and no verdict depends on it. */
export interface Quality {
  /** 0 to 100, in tenths. */
  readonly score: number;
  /** 0 (bad) to 1 (good) each. */
  readonly parts: Readonly<Record<QualityPart, number>>;
}

/** All that is known of one picture. */
export interface Inspection<Format = ImageFormat> {
  readonly image: ImageInfo<Format>;
  /** All faces found, the largest first. */
  readonly faces: readonly Face[];
  /** The face that LivePortrait would take; null without any. */
  readonly subject: Subject | null;
  /** The largest body; there only where the policy asks for a check of it. */
  readonly body?: Body;
  readonly checks: readonly Check[];
  readonly pass: boolean;
  /** The first failing reason; null for a pass. */
  readonly reason: CheckReason | null;
  /** The square that LivePortrait would cut out, in pixels of the upright picture, turned by `angle`; null without a face. */
  readonly crop: Crop | null;
  /** How good the picture is beside others; null without a face. */
  readonly quality: Quality | null;
}

/** LivePortrait's crop: a square around `center`, turned clockwise by `angle` degrees. */
export interface Crop {
  readonly center: Point;
  readonly size: number;
  readonly angle: number;
}
