import { type Preset, wantsFrame } from '../core/checks/preset.ts';
import { MAX_BYTES } from '../core/image/limits.ts';
import type { Box, Face, Inspection } from '../core/inspection.ts';
import type { CropReason, RepairWords } from '../core/words/words.ts';
import { DAMAGE_DETAILS, DetectError, fill } from '../errors.ts';
import { closeFrames, targetOf, widestFrame } from './frames.ts';
import { overlapOf } from './geometry.ts';
import { CHANGEABLE } from './prospect.ts';
import type { Reader } from './reader.ts';
import { adviceOf, type Inspect, look, SAME_FACE, type Sighting, search, sightingOf } from './search.ts';
import { wantedFrame } from './wanted-frame.ts';

/** Which part of a picture is kept. */
export interface Framing {
  /** The faces of the whole picture, the largest first. */
  readonly faces: readonly Face[];
  /** In whole pixels of the upright picture; null when no part passes. */
  readonly frame: Box | null;
  /** Why only this part is kept. */
  readonly because: CropReason;
  /** The last part that was looked at: why none passes. */
  readonly seen: Pick<Sighting, 'reason' | 'advice'>;
}

/** Edge of a look that is as large as one may be, in pixels: a square of it, uncompressed, is smaller than a file may be. */
const LARGEST_LOOK = Math.floor(Math.sqrt(MAX_BYTES / 3) * 0.98);

/** A face stands out beside others of at most this share of its width; else a closer frame is looked for. */
const SECOND_FACE = 0.75;

/**
 * Chooses the widest part of an open picture that passes and shows the face as clearly the largest, or else the
 * closest one that passes, by looking at one after another.
 *
 * @param before the inspection of the whole picture; null where it was refused
 * @param preset the generator that it is for: where it wants a square of its own, that is the one part that is tried
 * @param face   the face that is meant, from 1, the largest first; the one that LivePortrait takes if left out
 * @param words  those of the advice
 * @throws DetectError `fix.face` when there are not so many faces
 */
export async function chooseFrame(
  reader: Reader,
  inspect: Inspect,
  before: Inspection | null,
  preset: Preset,
  face: number | undefined,
  words: RepairWords,
): Promise<Framing> {
  const notApart = { reason: 'face.several', advice: words.notApart } as const;
  const { uprightWidth: width, uprightHeight: height } = reader.info;
  const whole = { x: 0, y: 0, width, height };
  const isSeen = before !== null && before.reason !== 'face.none';
  const sighting = isSeen ? sightingOf(before, whole) : await search(reader, inspect);
  const { faces, subject } = sighting;
  // What is found only by searching closely, and then is of no use, may be no face at all.
  const unseen = before !== null && !isSeen ? { reason: before.reason, advice: adviceOf(before) } : null;
  const wanted = face === undefined ? subject : faceAt(faces, face);
  const isSubject = wanted !== null && subject !== null && isSame(wanted, subject);
  if (wanted === null) return { faces, frame: null, because: 'small', seen: unseen ?? sighting };
  if (wantsFrame(preset)) {
    const frame = wantedFrame(preset, whole, wanted, isSubject ? sighting.crop : null);
    const part = await look(reader, frame, inspect, preset.crop?.size ?? LARGEST_LOOK);
    const isMeant = part.subject !== null && isSame(part.subject, wanted);
    const because = { generator: preset.title };
    if (part.pass && isMeant) return { faces, frame, because, seen: part };
    return { faces, frame: null, because, seen: isMeant || part.subject === null ? part : notApart };
  }
  if (before?.pass && isSubject) return { faces, frame: whole, because: 'small', seen: sighting };

  // LivePortrait looks at a picture of 1280 pixels; what others ask of a face is counted in the picture itself.
  const maxEdge = preset.limits.minFaceWidth === undefined ? undefined : LARGEST_LOOK;
  const target = targetOf(wanted, isSubject ? sighting.crop : null);
  // The whole picture is not looked at again where it was seen to fail, or to have another subject.
  const wide = isSubject && before === null ? [widestFrame(whole, target)] : [];
  const because = isSubject ? 'small' : 'other';
  let seen: Framing['seen'] = sighting;
  let second: Framing | null = null;
  for (const frame of [...wide, ...closeFrames(whole, target)]) {
    const part = await look(reader, frame, inspect, maxEdge);
    const isMeant = part.subject !== null && isSame(part.subject, wanted);
    if (part.pass && isMeant) {
      second = { faces, frame, because, seen: part };
      // Nobody is cropped away for the sake of a format or an edge.
      if (wide.includes(frame) || standsOut(part)) return second;
      continue;
    }
    seen = isMeant || part.subject === null ? part : notApart;
    if (isMeant && !CHANGEABLE.has(part.reason)) break;
  }
  return second ?? { faces, frame: null, because, seen: unseen ?? seen };
}

function faceAt(faces: readonly Face[], face: number): Face {
  const found = faces[face - 1];
  if (found !== undefined) return found;
  throw new DetectError('fix.face', fill(DAMAGE_DETAILS.noSuchFace, { count: faces.length, face }));
}

/** Whether other detectors, LivePortrait's own for one, will take the same face too. */
function standsOut({ faces, subject }: Sighting): boolean {
  const most = SECOND_FACE * (subject?.box.width ?? 0);
  return faces.every((face) => face.box.width <= most || (subject !== null && isSame(face, subject)));
}

function isSame(a: Face, b: Face): boolean {
  return overlapOf(a.box, b.box) > SAME_FACE;
}
