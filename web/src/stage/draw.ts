/** The layers of the stage on a canvas, as `layers.tsx` has them in the page, with the colours of `layers.css`. */
import { bottomOf, cropCorners, cropLabelPlace, headAxes } from '../../../src/annotate/geometry.ts';
import type { Box, Crop, Face, Point, Subject } from '../../../src/core/inspection.ts';
import type { Drawn } from '../export/annotated.ts';
import type { Canvas2D } from '../export/caption.ts';
import { meshPath, outlinesPath } from './geometry.ts';
import { AXIS_LENGTH } from './layers.tsx';

const AXES = { across: '#ff7a6b', up: '#57d583', forward: '#6ea0ff' } as const;
const TAKEN = '#6ea0ff';
const OTHER = '#ffffff';
const CROP = '#ffd166';
const MESH = '#8ff0ff';
const EDGE = 'rgb(0 0 0 / 45%)';
const SHADE = 'rgb(0 0 0 / 42%)';
const COVER = 'rgb(217 33 176 / 45%)';
const COVER_EDGE = 'rgb(255 255 255 / 75%)';
const TAG = 'rgb(0 0 0 / 72%)';

/** A line is one part of this many of the drawn picture's long edge. */
const EDGE_PER_LINE = 900;
const TEXT_PER_LINE = 14;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Draws the layers that are on.
 *
 * @param scale pixels of the canvas per pixel of the upright picture
 * @param size  the picture's on the canvas
 */
export function drawLayers(
  context: Canvas2D,
  { inspection, layers, tags }: Drawn,
  scale: number,
  size: Size,
): void {
  const { faces, subject, crop } = inspection;
  const line = Math.max(1, Math.max(size.width, size.height) / EDGE_PER_LINE);
  const pen = new Pen(context, scale, line, size);
  const shows = (name: Drawn['layers'][number]) => layers.includes(name);
  const cover = subject !== null && shows('covered') ? subject.cover : null;
  if (crop !== null && shows('crop')) pen.crop(crop);
  if (cover !== null) {
    pen.fill(new Path2D(outlinesPath(cover.area)), COVER);
    pen.stroke(new Path2D(outlinesPath(cover.area)), COVER_EDGE, 1);
  }
  if (subject !== null && shows('points')) pen.points(subject);
  if (shows('faces')) for (const [index, face] of faces.entries()) pen.face(face, index === subject?.index);
  if (subject !== null && shows('axes')) pen.axes(subject);
  if (shows('faces') && faces.length > 1)
    for (const [index, { box }] of faces.entries()) pen.tag(tags.face(index), box, OTHER, 'above');
  const below = cover && bottomOf(cover.area);
  if (below !== null) pen.tag(tags.cover, below, OTHER, 'below');
  if (crop !== null && shows('crop'))
    pen.tag(tags.crop, cropLabelPlace(crop, inspection.image), CROP, 'inside');
}

class Pen {
  readonly #context: Canvas2D;
  readonly #scale: number;
  readonly #line: number;
  readonly #size: Size;

  constructor(context: Canvas2D, scale: number, line: number, size: Size) {
    this.#context = context;
    this.#scale = scale;
    this.#line = line;
    this.#size = size;
  }

  /** A line in pixels of the picture; its width is in lines. */
  stroke(path: Path2D, colour: string, width: number, dashes: readonly number[] = []): void {
    this.#inPicture((context) => {
      context.lineCap = 'round';
      context.strokeStyle = colour;
      context.lineWidth = (width * this.#line) / this.#scale;
      context.setLineDash(dashes.map((dash) => (dash * this.#line) / this.#scale));
      context.stroke(path);
    });
  }

  fill(path: Path2D, colour: string): void {
    this.#inPicture((context) => {
      context.fillStyle = colour;
      context.fill(path, 'evenodd');
    });
  }

  crop(crop: Crop): void {
    const outline = pathOf(cropCorners(crop));
    const { width, height } = this.#size;
    const shade = new Path2D();
    shade.rect(0, 0, width / this.#scale, height / this.#scale);
    shade.addPath(outline);
    this.fill(shade, SHADE);
    this.stroke(outline, CROP, 2);
  }

  face({ box }: Face, isTaken: boolean): void {
    const outline = rectangleOf(box);
    this.stroke(outline, EDGE, 4);
    this.stroke(outline, isTaken ? TAKEN : OTHER, 2, isTaken ? [] : [5, 4]);
  }

  points({ mesh, landmarks }: Subject): void {
    this.stroke(new Path2D(meshPath(mesh)), MESH, 2.4);
    const six = Object.values(landmarks).map(({ x, y }: Point) => `M${x} ${y}h0`);
    this.stroke(new Path2D(six.join('')), CROP, 7);
  }

  axes({ pose, box, landmarks: { nose } }: Subject): void {
    const length = box.width * AXIS_LENGTH;
    for (const [axis, { x, y }] of Object.entries(headAxes(pose))) {
      const path = new Path2D(`M${nose.x} ${nose.y}l${x * length} ${y * length}`);
      this.stroke(path, EDGE, 5);
      this.stroke(path, AXES[axis as keyof typeof AXES], axis === 'forward' ? 3 : 2);
    }
    this.stroke(new Path2D(`M${nose.x} ${nose.y}h0`), OTHER, 6);
  }

  /** A few words at a place of the picture, moved so that all of them are inside of it. */
  tag(text: string, at: Point, colour: string, side: 'above' | 'below' | 'inside'): void {
    const context = this.#context;
    const size = TEXT_PER_LINE * this.#line;
    context.font = `400 ${size}px system-ui, sans-serif`;
    context.textBaseline = 'middle';
    const width = Math.min(this.#size.width, context.measureText(text).width + size);
    const height = size * 1.6;
    const left = at.x * this.#scale - (side === 'below' ? width / 2 : 0);
    const top = at.y * this.#scale - (side === 'above' ? height : 0) + (side === 'below' ? size / 2 : 0);
    const x = Math.max(0, Math.min(this.#size.width - width, left));
    const y = Math.max(0, Math.min(this.#size.height - height, top));
    context.fillStyle = TAG;
    context.beginPath();
    context.roundRect(x, y, width, height, size / 3);
    context.fill();
    context.fillStyle = colour;
    context.fillText(text, x + size / 2, y + height / 2, width - size);
  }

  #inPicture(draw: (context: Canvas2D) => void): void {
    const context = this.#context;
    context.save();
    context.scale(this.#scale, this.#scale);
    draw(context);
    context.restore();
  }
}

function pathOf(points: readonly Point[]): Path2D {
  return new Path2D(`M${points.map(({ x, y }) => `${x} ${y}`).join('L')}Z`);
}

function rectangleOf({ x, y, width, height }: Box): Path2D {
  const path = new Path2D();
  path.rect(x, y, width, height);
  return path;
}
