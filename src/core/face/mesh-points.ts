/**
 * Indices into FaceMesh's 468 points, by their place on the face. Right and left are the person's own; the
 * person's right is on the picture's left. Source: MediaPipe's canonical face model.
 */
export const POINT = {
  foreheadTop: 10,
  chin: 152,
  rightCheekEdge: 234,
  leftCheekEdge: 454,
  rightEyeOuter: 33,
  rightEyeInner: 133,
  rightEyeTop: 159,
  rightEyeBottom: 145,
  leftEyeInner: 362,
  leftEyeOuter: 263,
  leftEyeTop: 386,
  leftEyeBottom: 374,
  mouthRight: 78,
  mouthLeft: 308,
  upperLipBottom: 13,
  lowerLipTop: 14,
} as const;

/** The outline of the face, clockwise from the top of the forehead. */
export const FACE_OVAL: readonly number[] = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149,
  150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];

/** The points that LivePortrait's own landmarks cover too: from the eyebrows down, no forehead. */
export const BELOW_FOREHEAD: readonly number[] = [
  356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234,
  127, 70, 63, 105, 66, 107, 336, 296, 334, 293, 300,
];
