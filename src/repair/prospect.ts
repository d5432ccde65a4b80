/** What a repair can be expected to do, before anything of it is done. It imports the core only, so pages know it too. */
import type { Policy } from '../core/checks/policy.ts';
import { WORKING_EDGE } from '../core/image/working-size.ts';
import type { Inspection } from '../core/inspection.ts';
import type { ErrorCode } from '../errors.ts';

/** Refusals of a file that another file with the same picture would not get. */
export const MENDABLE: ReadonlySet<ErrorCode> = new Set([
  'image.bytes',
  'image.unsupported',
  'image.edge',
  'image.aspect',
]);

/**
 * Verdicts that another frame around the same face can change. A face that is not seen may only be too small, and
 * one that the policy does not want beside others can be alone.
 */
export const CHANGEABLE: ReadonlySet<Inspection['reason']> = new Set([
  'face.none',
  'face.small',
  'face.several',
  'image.shape',
]);

/** A face is seen in a picture from this share of its long edge on. */
const SEEN_FROM = 1 / 20;
/** Checks that count a face's pixels where it is, which no crop makes more. */
const OF_PIXELS: ReadonlySet<string> = new Set(['pixels', 'height', 'eye_distance']);

/**
 * Whether a refused picture may pass after a repair. Where this says no, a repair would only find the same reason again; where it says
 * yes, the repair still has to look.
 *
 * @param inspection judged by the policy
 * @param policy     what the result has to pass
 */
export function mayBeRepaired(
  { image, subject, checks, reason }: Inspection,
  { minFaceWidth, minFaceShare }: Policy,
): boolean {
  if (reason === 'face.turned') return true;
  if (!CHANGEABLE.has(reason)) return false;
  const longEdge = Math.max(image.uprightWidth, image.uprightHeight);
  if (reason === 'face.none') {
    // What is seen as large as a portrait's face, and is not one, is an animal or a thing.
    if (subject !== null && subject.box.width >= minFaceShare * longEdge) return false;
    return longEdge * SEEN_FROM > minFaceWidth;
  }
  const failing = checks.filter(({ status, advisory }) => status === 'fail' && !advisory);
  if (failing.some(({ id }) => OF_PIXELS.has(id))) return false;
  if (reason === 'face.small' && (subject?.box.width ?? 0) < minFaceWidth) return false;
  // A picture that was scaled down to be looked at shows more of a small face when it is cropped; another one shows the same.
  return longEdge > WORKING_EDGE || failing.every((check) => CHANGEABLE.has(check.reason));
}
