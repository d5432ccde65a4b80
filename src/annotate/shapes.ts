import type { Box, Inspection, Point, Subject } from '../core/inspection.ts';
import { cropCorners, headAxes } from './geometry.ts';

/** A colour, 0 to 255 each. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Something to draw. Coordinates and sizes are in pixels of the upright picture. */
export type Shape =
  | {
      readonly kind: 'line';
      readonly points: readonly Point[];
      readonly width: number;
      readonly colour: Colour;
    }
  | { readonly kind: 'dot'; readonly at: Point; readonly radius: number; readonly colour: Colour }
  /** A tint within outlines, by the even-odd rule. */
  | {
      readonly kind: 'area';
      readonly outlines: readonly (readonly Point[])[];
      readonly colour: Colour;
      /** 0 lets all of the picture through, 1 nothing. */
      readonly opacity: number;
    };

const PASS: Colour = [46, 204, 113];
const FAIL: Colour = [231, 76, 60];
const OTHER: Colour = [170, 170, 170];
const CROP: Colour = [255, 200, 40];
const MESH: Colour = [90, 200, 250];
/** Skin and lips have every red there is. */
const COVER: Colour = [217, 33, 176];
/** What covers a face is still to be seen. */
const COVER_OPACITY = 0.45;
const POINT: Colour = [255, 255, 255];
/** Axes of the head: to its picture's right, up, and where it looks. */
const AXES: readonly [Colour, Colour, Colour] = [
  [231, 76, 60],
  [46, 204, 113],
  [52, 120, 246],
];

/** A line's width for this long edge: two pixels at the size of a usual preview. */
const EDGE_PER_WIDTH = 400;

/**
 * What there is to show of an inspection: a box around each face, the subject's mesh, key points and axes, what covers it, and the
 * crop. The subject's box is green for a pass, red for a failure.
 */
export function shapesOf({ image, faces, subject, crop, pass }: Inspection): Shape[] {
  const width = Math.max(1, Math.max(image.uprightWidth, image.uprightHeight) / EDGE_PER_WIDTH);
  const others = faces.filter((_face, index) => index !== subject?.index);
  const shapes = others.map(({ box }) => outline(corners(box), width, OTHER));
  if (crop !== null) shapes.push(outline(cropCorners(crop), width, CROP));
  if (subject === null) return shapes;
  if (subject.cover !== null) {
    const outlines = subject.cover.area.map(pairs);
    shapes.push({ kind: 'area', outlines, colour: COVER, opacity: COVER_OPACITY });
    shapes.push(...outlines.map((points) => outline(points, width / 2, COVER)));
  }
  shapes.push(outline(corners(subject.box), width, pass ? PASS : FAIL));
  for (let at = 0; at + 2 < subject.mesh.length; at += 3) {
    const point = { x: subject.mesh[at]!, y: subject.mesh[at + 1]! };
    shapes.push({ kind: 'dot', at: point, radius: width / 3, colour: MESH });
  }
  for (const at of Object.values<Point>({ ...subject.landmarks })) {
    shapes.push({ kind: 'dot', at, radius: width * 1.5, colour: POINT });
  }
  return [...shapes, ...axes(subject, width)];
}

/** Points from x and y in turns. */
function pairs(numbers: readonly number[]): Point[] {
  return Array.from({ length: numbers.length / 2 }, (_, i) => ({
    x: numbers[i * 2]!,
    y: numbers[i * 2 + 1]!,
  }));
}

function axes({ pose, landmarks, box }: Subject, width: number): Shape[] {
  const { nose } = landmarks;
  const length = box.width / 2;
  const { across, up, forward } = headAxes(pose);
  return [across, up, forward].map((axis, index) => ({
    kind: 'line',
    points: [nose, { x: nose.x + axis.x * length, y: nose.y + axis.y * length }],
    width: width * 1.5,
    colour: AXES[index] as Colour,
  }));
}

/** The corners of a box, clockwise from its top left one. */
export function corners({ x, y, width, height }: Box): Point[] {
  return [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ];
}

function outline(points: Point[], width: number, colour: Colour): Shape {
  return { kind: 'line', points: [...points, points[0] as Point], width, colour };
}
