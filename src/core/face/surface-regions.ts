import type { SurfaceRegion } from '../inspection.ts';

/** The mesh's points that stand for each region. Source: MediaPipe's canonical face model. */
export const REGION_POINTS: Readonly<Record<SurfaceRegion, readonly number[]>> = {
  leftEye: [362, 385, 386, 387, 263, 373, 374, 380, 384, 398, 390, 381, 443, 450],
  rightEye: [33, 160, 159, 158, 133, 153, 145, 144, 157, 173, 163, 154, 223, 230],
  nose: [1, 4, 5, 2, 98, 327, 45, 275, 115, 344, 195],
  mouth: [61, 291, 0, 17, 37, 267, 84, 314, 13, 14, 78, 308, 40, 270, 91, 321],
  chin: [152, 175, 199, 200, 148, 377, 176, 400, 208, 428],
  leftCheek: [425, 411, 280, 330, 347, 352, 376, 433, 434, 427],
  rightCheek: [205, 187, 50, 101, 118, 123, 147, 213, 214, 207],
  forehead: [151, 9, 108, 337, 69, 299, 104, 333, 67, 297],
};

/** The regions in the order in which everything lists them. */
export const REGION_NAMES: readonly SurfaceRegion[] = [
  'leftEye',
  'rightEye',
  'nose',
  'mouth',
  'chin',
  'leftCheek',
  'rightCheek',
  'forehead',
];
