/** Frames that are judged without being seen. */
import { judge } from '../../src/core/checks/judge.ts';
import { DEFAULT_POLICY, type PolicyOverrides } from '../../src/core/checks/policy.ts';
import { qualityOf } from '../../src/core/checks/quality.ts';
import { POINT } from '../../src/core/face/mesh-points.ts';
import type { FrameFormat, Inspection, Subject } from '../../src/core/inspection.ts';
import { evidence, NO_FACE } from '../core/checks/evidence.ts';

const WIDTH = 1280;
const HEIGHT = 720;
/** The width of a face that is neither near nor far. */
const FACE = 280;

/** What differs from a faultless face in the middle. */
export interface Changes extends Partial<Subject> {
  /** Pixels by which it is further to the right. */
  readonly x?: number;
  /** Its width in pixels. */
  readonly width?: number;
}

/** The inspection of a frame with such a face, or with none. */
export function frame(changes: Changes | null = {}, policy: PolicyOverrides = {}): Inspection<FrameFormat> {
  const seen = changes === null ? NO_FACE : evidence(faceOf(changes));
  const image = { ...seen.image, format: 'frame', width: WIDTH, height: HEIGHT } as const;
  const all = { ...seen, image: { ...image, uprightWidth: WIDTH, uprightHeight: HEIGHT } };
  const judgement = judge(all, { ...DEFAULT_POLICY, ...policy });
  return { ...all, ...judgement, crop: null, quality: qualityOf(all) };
}

function faceOf({ x = 0, width = FACE, ...changes }: Changes): Partial<Subject> {
  const box = { x: (WIDTH - width) / 2 + x, y: HEIGHT * 0.47 - width / 2, width, height: width };
  const mesh = Array.from({ length: 468 * 3 }, () => 0);
  for (const [point, share] of [
    [POINT.rightEyeOuter, 0.25],
    [POINT.leftEyeOuter, 0.75],
  ] as const) {
    mesh[point * 3] = box.x + share * width;
    mesh[point * 3 + 1] = box.y + 0.4 * width;
  }
  return { box, mesh, interEyeDistance: 0.4 * width, workingWidth: width, ...changes };
}
