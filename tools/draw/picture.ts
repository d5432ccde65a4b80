import { type Background, paintBackground } from './background.ts';
import { cat } from './cat.ts';
import { carved, person } from './figure.ts';
import { DEFAULT_HEAD, type HeadParams, type Style } from './params.ts';
import { type Canvas, renderFigure } from './render.ts';
import { applyStyle } from './styles.ts';

/** A picture: its size in pixels, who is in it, and how it is drawn. */
export interface PictureParams {
  readonly width: number;
  readonly height: number;
  /** Drawn in this order, each over those before; what is left out is as in {@link DEFAULT_HEAD}. */
  readonly figures: readonly FigureParams[];
  readonly background: Background;
  readonly style: Style;
}

/** A person, or a cat of the same size. */
export type FigureParams = Partial<HeadParams> & { readonly kind?: 'person' | 'cat' };

/**
 * Draws a picture. The same parameters give the same pixels.
 */
export function drawPicture({ width, height, figures, background, style }: PictureParams): Canvas {
  const canvas: Canvas = { data: new Uint8Array(width * height * 3), width, height };
  paintBackground(canvas, background);
  for (const { kind, ...params } of figures) {
    const head = { ...DEFAULT_HEAD, ...params };
    const figure = kind === 'cat' ? cat(head) : person(head);
    renderFigure(canvas, style === 'marble' ? carved(figure) : figure, {
      x: head.x * width,
      y: head.y * height,
      size: head.size * height,
    });
  }
  applyStyle(canvas, style);
  return canvas;
}
