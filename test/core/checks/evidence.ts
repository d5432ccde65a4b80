import type { Evidence } from '../../../src/core/checks/rule.ts';
import type { Face, Subject, SurfaceShares } from '../../../src/core/inspection.ts';

const point = { x: 0, y: 0 };

const FACE: Face = {
  box: { x: 200, y: 200, width: 200, height: 200 },
  score: 0.9,
  landmarks: {
    rightEye: point,
    leftEye: point,
    nose: point,
    mouth: point,
    rightEar: point,
    leftEar: point,
  },
};

const SKIN: SurfaceShares = { background: 0, hair: 0, skin: 0, face: 1, cloth: 0, object: 0 };

/** Nothing but skin everywhere. */
export const SURFACE: Subject['surface'] = {
  leftEye: SKIN,
  rightEye: SKIN,
  nose: SKIN,
  mouth: SKIN,
  chin: SKIN,
  leftCheek: SKIN,
  rightCheek: SKIN,
  forehead: SKIN,
};

const SUBJECT: Subject = {
  ...FACE,
  index: 0,
  mesh: [],
  pose: { yaw: 0, pitch: 0, roll: 0 },
  faceFlag: 1,
  interEyeDistance: 80,
  workingWidth: 200,
  frameShare: 0.1,
  outside: 0,
  sharpness: 0.6,
  brightness: 0.5,
  contrast: 0.2,
  evenness: 1,
  surround: 0.5,
  mouthOpening: 0,
  eyeOpening: 0.3,
  heads: {
    human: 1,
    yaw: 0,
    cutOff: 0,
    profile: 0,
    covered: { leftEye: 0, rightEye: 0, nose: 0, mouth: 0, chin: 0 },
    obstructed: 0,
  },
  surface: SURFACE,
  cover: null,
};

/** What the checks see of a faultless portrait, with some of the subject's measurements replaced. */
export function evidence(changes: Partial<Subject> = {}, faces = 1): Evidence {
  return {
    image: {
      format: 'jpeg',
      width: 640,
      height: 640,
      orientation: 1,
      animated: false,
      bytes: 1000,
      uprightWidth: 640,
      uprightHeight: 640,
      missingBytes: 0,
    },
    faces: Array.from({ length: faces }, () => FACE),
    subject: { ...SUBJECT, ...changes },
  };
}

/** What the checks see of a picture without any face. */
export const NO_FACE: Evidence = { ...evidence(), faces: [], subject: null };
