import type { Point } from '../core/inspection.ts';
import type { Colour, Shape } from './shapes.ts';

/** The picture under the shapes. */
export interface Backdrop {
  /** Of the upright picture, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Room below it, in pixels. */
  readonly below: number;
  /** The picture itself as a data URI. */
  readonly href: string;
}

/** An SVG document of the picture's size: the picture, and the shapes above it. Nothing in it is loaded from elsewhere. */
export function toSvg({ width, height, below, href }: Backdrop, shapes: readonly Shape[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height + below}" width="${width}" height="${height + below}">`,
    `<image href="${href}" width="${width}" height="${height}"/>`,
    ...shapes.map(element),
    '</svg>',
  ].join('\n');
}

function element(shape: Shape): string {
  const colour = hex(shape.colour);
  if (shape.kind === 'dot') {
    return `<circle cx="${number(shape.at.x)}" cy="${number(shape.at.y)}" r="${number(shape.radius)}" fill="${colour}"/>`;
  }
  if (shape.kind === 'area') {
    const path = shape.outlines.map((outline) => `M${list(outline)}Z`).join('');
    return `<path d="${path}" fill="${colour}" fill-opacity="${shape.opacity}" fill-rule="evenodd"/>`;
  }
  const points = list(shape.points);
  return `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="${number(shape.width)}"/>`;
}

function list(points: readonly Point[]): string {
  return points.map(({ x, y }) => `${number(x)},${number(y)}`).join(' ');
}

function hex(colour: Colour): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
