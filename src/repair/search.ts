import { decidingCheck } from '../core/checks/judge.ts';
import { WORKING_EDGE } from '../core/image/working-size.ts';
import type { Box, Crop, Face, Inspection, Point } from '../core/inspection.ts';
import { overlapOf } from './geometry.ts';
import type { Reader } from './reader.ts';
import { LEVELS, windowsOf } from './windows.ts';

/** Boxes that overlap more than this are of the same face. */
export const SAME_FACE = 0.3;

/** Inspects a picture. The bytes are its own from then on: it may change them, or transfer them to a thread. */
export type Inspect = (bytes: Uint8Array) => Promise<Inspection>;

/** What was found in a picture, in pixels of all of it, upright. */
export interface Sighting {
  /** The largest first. */
  readonly faces: readonly Face[];
  /** The face that LivePortrait would take; null without any. */
  readonly subject: Face | null;
  /** What LivePortrait would cut out for the subject. */
  readonly crop: Crop | null;
  readonly pass: boolean;
  readonly reason: Inspection['reason'];
  /** What the person who sees it can do; empty for a pass. */
  readonly advice: string;
}

/** What an inspection says, where the picture is a part of a larger one. */
export function sightingOf(inspection: Inspection, part: Box): Sighting {
  const { image, subject, crop, pass, reason } = inspection;
  const scale = part.width / image.uprightWidth;
  const point = ({ x, y }: Point): Point => ({ x: part.x + x * scale, y: part.y + y * scale });
  const face = ({ box, score, landmarks }: Face): Face => ({
    box: { ...point(box), width: box.width * scale, height: box.height * scale },
    score,
    landmarks: {
      rightEye: point(landmarks.rightEye),
      leftEye: point(landmarks.leftEye),
      nose: point(landmarks.nose),
      mouth: point(landmarks.mouth),
      rightEar: point(landmarks.rightEar),
      leftEar: point(landmarks.leftEar),
    },
  });
  return {
    faces: inspection.faces.map(face),
    subject: subject && face(subject),
    crop: crop && { center: point(crop.center), size: crop.size * scale, angle: crop.angle },
    pass,
    reason,
    advice: adviceOf(inspection),
  };
}

/** The advice of the check that decided; empty for a pass. */
export function adviceOf(inspection: Inspection): string {
  return decidingCheck(inspection)?.advice ?? '';
}

/**
 * Looks at a part of an open picture.
 *
 * @param maxEdge what it is scaled down to, in pixels: LivePortrait's working size if left out
 */
export async function look(
  reader: Reader,
  part: Box,
  inspect: Inspect,
  maxEdge: number = WORKING_EDGE,
): Promise<Sighting> {
  const { bytes, box } = await reader.view(part, maxEdge);
  return sightingOf(await inspect(bytes), box);
}

/**
 * Searches an open picture for people: first all of it, then ever smaller parts, until one is found.
 *
 * @returns the sighting with the largest human face; the faces are those of all parts looked at last
 */
export async function search(reader: Reader, inspect: Inspect): Promise<Sighting> {
  const { uprightWidth: width, uprightHeight: height } = reader.info;
  let best: Sighting | undefined;
  for (let level = 0; level < LEVELS; level++) {
    const sightings: Sighting[] = [];
    for (const part of windowsOf({ width, height }, level)) sightings.push(await look(reader, part, inspect));
    const found = sightings
      .filter(({ reason }) => reason !== 'face.none')
      .sort((a, b) => areaOf(b) - areaOf(a));
    if (found.length > 0) return { ...found[0], faces: distinct(sightings.flatMap(({ faces }) => faces)) };
    best ??= sightings.at(0);
  }
  return best ?? { faces: [], subject: null, crop: null, pass: false, reason: 'face.none', advice: '' };
}

function areaOf({ subject }: Sighting): number {
  return subject === null ? 0 : subject.box.width * subject.box.height;
}

/** Parts overlap, so a face may have been seen more than once. */
function distinct(faces: readonly Face[]): Face[] {
  const largestFirst = [...faces].sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height);
  const kept: Face[] = [];
  for (const face of largestFirst) {
    if (!kept.some(({ box }) => overlapOf(box, face.box) > SAME_FACE)) kept.push(face);
  }
  return kept;
}
