/** What is drawn over the preview: where the face should be, where it is, and what covers it. */
import { FACE_OVAL } from '../core/face/mesh-points.ts';
import type { Inspection } from '../core/inspection.ts';
import type { Instruction } from './instruction.ts';

const EDGE = 'rgb(0 0 0 / 55%)';
const LINE = '#ffffff';
const GOOD = '#4ade80';
const COVER = 'rgb(217 33 176 / 45%)';

/** Where the face should be: half of the short edge wide, and as much higher as faces are, as shares. */
const TARGET = { y: 0.47, width: 0.46, ratio: 1.35 } as const;

/** Instructions that are about the place of the face. */
const ABOUT_PLACE: ReadonlySet<Instruction | null> = new Set([null, 'noFace', 'closer', 'back', 'centre']);

/** What there is to draw. */
export interface Sight {
  readonly inspection: Inspection<unknown>;
  /** The instruction that is given. */
  readonly given: Instruction | null;
  /** How much of the waiting is over, 0 to 1. */
  readonly progress: number;
}

/** Draws over a frame, in its own pixels; the canvas lies over the preview and is mirrored with it. */
export function drawOverlay(canvas: HTMLCanvasElement, { inspection, given, progress }: Sight): void {
  const { image, subject } = inspection;
  const { uprightWidth: width, uprightHeight: height } = image;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext('2d');
  if (context === null) return;
  const unit = Math.min(width, height) / 240;
  context.clearRect(0, 0, width, height);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  if (ABOUT_PLACE.has(given)) {
    context.setLineDash([unit * 4, unit * 5]);
    trace(context, target(width, height), LINE, unit);
    context.setLineDash([]);
  }
  if (subject === null) return;
  context.fillStyle = COVER;
  if (subject.cover !== null) {
    const area = new Path2D();
    for (const outline of subject.cover.area) area.addPath(polygon(outline));
    context.fill(area, 'evenodd');
  }
  const face = polygon(FACE_OVAL.flatMap((at) => [subject.mesh[at * 3], subject.mesh[at * 3 + 1]]));
  trace(context, face, given === 'ready' ? GOOD : LINE, given === 'ready' ? unit * 1.5 : unit);
  if (progress > 0) {
    const bar = new Path2D();
    bar.rect((width * (1 - progress)) / 2, height - unit * 4, width * progress, unit * 4);
    context.fillStyle = GOOD;
    context.fill(bar);
  }
}

function target(width: number, height: number): Path2D {
  const radius = (Math.min(width, height) * TARGET.width) / 2;
  const path = new Path2D();
  path.ellipse(width / 2, height * TARGET.y, radius, radius * TARGET.ratio, 0, 0, Math.PI * 2);
  return path;
}

/** @param corners x and y in turns */
function polygon(corners: readonly number[]): Path2D {
  const path = new Path2D();
  for (let at = 0; at < corners.length; at += 2) path.lineTo(corners[at], corners[at + 1]);
  path.closePath();
  return path;
}

/** A line that is seen on dark and on light. */
function trace(context: CanvasRenderingContext2D, path: Path2D, colour: string, width: number): void {
  context.strokeStyle = EDGE;
  context.lineWidth = width * 2.4;
  context.stroke(path);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(path);
}
