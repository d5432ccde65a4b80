/** Which instruction a frame calls for: a pure function of what was found in it and of the frame before. */
import { POINT } from '../core/face/mesh-points.ts';
import type { Check, CoverClass, Inspection, Point } from '../core/inspection.ts';
import type { Instruction } from './instruction.ts';

/** A frame that has been judged. */
export interface Judged {
  readonly inspection: Inspection<unknown>;
  /** When it was taken, in milliseconds of any clock. */
  readonly at: number;
}

/** What is known of the frame before. */
export interface Guidance {
  readonly instruction: Instruction;
  /** Where the head was, for telling whether it moves; null without a face. */
  readonly head: Head | null;
}

interface Head {
  readonly eyes: Point;
  readonly interEyeDistance: number;
  readonly at: number;
}

/** What a check's value must reach here. The policy's own limit holds too where it asks for more. */
interface Aim {
  readonly check: string;
  readonly good: 'atMost' | 'atLeast';
  /** A camera can ask for more than a picture that is there already: it costs the person a second. */
  readonly own?: number;
}

/** Something to do, and what of a frame calls for it. */
interface Step {
  /** @param keen asks for more than the limit: the person has been told, and a value at the limit would flicker */
  find(inspection: Inspection<unknown>, keen: boolean): Instruction | null;
}

/**
 * What a value has to clear its limit by before an instruction is taken back, as a share of the limit, or of what is left to 1
 * where more is better: a head that is held still trembles, and so do its values.
 */
const MARGIN = 0.15;

/** From this share of the short edge on a face is too near: what LivePortrait cuts out, 2.3 faces wide, needs room. */
const WIDEST_FACE = 0.6;
/** A face that is cut off by the frame and wider than this share of the short edge is too near; a smaller one is to the side. */
const NEAR_FACE = 0.45;
/** How far the middle of the face may be from the middle of the frame, as shares of its width and height. */
const OFF_CENTRE = { x: 0.15, y: 0.18 } as const;
/** The middle of the face lies a little above that of the frame, so that the shoulders are seen. */
const MIDDLE_Y = 0.47;

/**
 * The fastest that a head may move, in distances between the eyes a second: some 3 cm. A picture of a thirtieth of a second is
 * blurred by a millimetre then.
 */
const FASTEST = 0.5;

const STEPS: readonly Step[] = [
  check('noFace', { check: 'face', good: 'atLeast' }, { check: 'human', good: 'atLeast' }),
  // A head and shoulders: the picture of a phone's camera, 720 pixels wide, has a face of 200 pixels then.
  check(
    'closer',
    { check: 'share', good: 'atLeast', own: 0.16 },
    { check: 'size', good: 'atLeast' },
    { check: 'height', good: 'atLeast' },
    { check: 'pixels', good: 'atLeast' },
  ),
  { find: findNear },
  { find: findAside },
  check(
    'turn',
    { check: 'frontal', good: 'atMost' },
    // Those who look at their own picture on the screen look down a little.
    { check: 'yaw', good: 'atMost', own: 20 },
    { check: 'pitch', good: 'atMost', own: 25 },
  ),
  check('level', { check: 'upright', good: 'atMost' }, { check: 'roll', good: 'atMost', own: 15 }),
  { find: findCover },
  check('closeMouth', { check: 'mouth', good: 'atMost', own: 0.2 }),
  check('openEyes', { check: 'eyes', good: 'atLeast' }),
  check(
    'moreLight',
    { check: 'brightness', good: 'atLeast', own: 0.25 },
    { check: 'contrast', good: 'atLeast' },
  ),
  check('lessLight', { check: 'exposure', good: 'atMost' }),
  check('evenLight', { check: 'evenness', good: 'atLeast' }, { check: 'backlight', good: 'atMost' }),
  { find: ({ checks }) => (checks.some((it) => it.id === 'count' && refuses(it)) ? 'onePerson' : null) },
  // No blurred picture is taken, and a camera that is at best soft does not make anybody wait for ever.
  check('still', { check: 'detail', good: 'atLeast' }),
  { find: ({ checks }) => (checks.some(refuses) ? 'other' : null) },
];

/**
 * The most basic thing that is not as it should be.
 *
 * @param before what the frame before called for, or null for the first; to be good again, a value has to clear by a margin the
 *   limit that it missed then
 */
export function guide({ inspection, at }: Judged, before: Guidance | null): Guidance {
  const head = headOf(inspection, at);
  for (const step of STEPS) {
    const instruction = step.find(inspection, false) ?? findAgain(step, inspection, before);
    if (instruction !== null) return { instruction, head };
  }
  const limit = before?.instruction === 'still' ? FASTEST * (1 - MARGIN) : FASTEST;
  const moves = head === null || speed(head, before?.head ?? null) > limit;
  return { instruction: moves ? 'still' : 'ready', head };
}

/** What the step asked for in the frame before, if that is not yet as good as it has to be then. */
function findAgain(step: Step, inspection: Inspection<unknown>, before: Guidance | null): Instruction | null {
  const instruction = before && step.find(inspection, true);
  return instruction === before?.instruction ? instruction : null;
}

/** A step that calls for one thing if a check's value misses an aim. */
function check(instruction: Instruction, ...aims: readonly Aim[]): Step {
  return {
    find: ({ checks }, keen) => (aims.some((aim) => misses(checks, aim, keen)) ? instruction : null),
  };
}

function misses(checks: readonly Check[], { check: id, good, own }: Aim, keen: boolean): boolean {
  const found = checks.find((it) => it.id === id);
  if (found === undefined || found.value === null || found.limit === null) return false;
  if (good === 'atMost') {
    const limit = Math.min(found.limit, own ?? found.limit);
    return found.value > (keen ? limit * (1 - MARGIN) : limit);
  }
  const limit = Math.max(found.limit, own ?? found.limit);
  // A value that ends at 1 could not exceed its limit by a share of it.
  const room = limit < 1 ? Math.min(limit, 1 - limit) : limit;
  return found.value < (keen ? limit + MARGIN * room : limit);
}

function findNear(inspection: Inspection<unknown>, keen: boolean): Instruction | null {
  const { image, subject, checks } = inspection;
  if (subject === null) return null;
  const width = subject.box.width / Math.min(image.uprightWidth, image.uprightHeight);
  const widest = isCut(checks, keen) ? NEAR_FACE : WIDEST_FACE;
  const isFull = checks.some((it) => it.id === 'fill' && refuses(it));
  return isFull || width > (keen ? widest * (1 - MARGIN) : widest) ? 'back' : null;
}

function findAside(inspection: Inspection<unknown>, keen: boolean): Instruction | null {
  const { image, subject, checks } = inspection;
  if (subject === null) return null;
  const { x, y, width, height } = subject.box;
  const share = keen ? 1 - MARGIN : 1;
  const aside =
    Math.abs((x + width / 2) / image.uprightWidth - 0.5) > OFF_CENTRE.x * share ||
    Math.abs((y + height / 2) / image.uprightHeight - MIDDLE_Y) > OFF_CENTRE.y * share;
  return aside || isCut(checks, keen) ? 'centre' : null;
}

function isCut(checks: readonly Check[], keen: boolean): boolean {
  return (
    misses(checks, { check: 'uncut', good: 'atMost' }, keen) ||
    misses(checks, { check: 'inside', good: 'atMost', own: 0.05 }, keen)
  );
}

const COVERS: Readonly<Record<CoverClass, Instruction>> = {
  hand: 'hand',
  glasses: 'glasses',
  hair: 'hair',
  cloth: 'cloth',
  object: 'object',
};

function findCover({ checks, subject }: Inspection<unknown>, keen: boolean): Instruction | null {
  const eyes = misses(checks, { check: 'eyes_visible', good: 'atMost' }, keen);
  const rest = misses(checks, { check: 'visible', good: 'atMost' }, keen);
  return eyes || rest ? COVERS[subject?.cover?.class ?? 'object'] : null;
}

function refuses({ status, advisory }: Check): boolean {
  return status === 'fail' && !advisory;
}

function headOf({ subject }: Inspection<unknown>, at: number): Head | null {
  if (subject === null) return null;
  const { mesh, interEyeDistance } = subject;
  // The mesh's points tremble less than the detector's.
  const [right, left] = [POINT.rightEyeOuter * 3, POINT.leftEyeOuter * 3];
  const eyes = { x: (mesh[right] + mesh[left]) / 2, y: (mesh[right + 1] + mesh[left + 1]) / 2 };
  return { eyes, interEyeDistance, at };
}

/** In distances between the eyes a second; infinite where there was no head before. */
function speed(now: Head, before: Head | null): number {
  if (before === null || now.at <= before.at) return Number.POSITIVE_INFINITY;
  const moved = Math.hypot(now.eyes.x - before.eyes.x, now.eyes.y - before.eyes.y);
  const nearer = Math.abs(now.interEyeDistance - before.interEyeDistance);
  return ((moved + nearer) / now.interEyeDistance / (now.at - before.at)) * 1000;
}
