import type { Style } from './params.ts';
import type { Canvas } from './render.ts';

/** Redraws a finished picture in a style. */
export function applyStyle(canvas: Canvas, style: Style): void {
  void canvas;
  void style;
}
