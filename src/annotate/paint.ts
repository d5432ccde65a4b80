import { crossings } from '../core/face/polygon.ts';
import type { Pixels } from '../core/image/pixels.ts';
import type { Point } from '../core/inspection.ts';
import type { Colour, Shape } from './shapes.ts';

/** Half the diagonal of a pixel: a disc of it covers the centre of the pixel that it is in. */
const LEAST_RADIUS = Math.SQRT1_2;

/** Draws the shapes into the pixels, hard-edged; what lies outside is left out. */
export function paint(pixels: Pixels, shapes: readonly Shape[]): void {
  const toPixels = ({ x, y }: Point): Point => ({ x: x / pixels.scaleX, y: y / pixels.scaleY });
  for (const shape of shapes) {
    if (shape.kind === 'area') {
      tint(
        pixels,
        shape.outlines.map((outline) => outline.map(toPixels)),
        shape.colour,
        shape.opacity,
      );
    } else if (shape.kind === 'dot')
      disc(pixels, toPixels(shape.at), shape.radius / pixels.scaleX, shape.colour);
    else {
      const radius = shape.width / 2 / pixels.scaleX;
      for (let at = 1; at < shape.points.length; at++) {
        line(pixels, toPixels(shape.points[at - 1]!), toPixels(shape.points[at]!), radius, shape.colour);
      }
    }
  }
}

function line(pixels: Pixels, from: Point, to: Point, radius: number, colour: Colour): void {
  const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y)));
  for (let step = 0; step <= steps; step++) {
    const part = step / steps;
    const at = { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
    disc(pixels, at, radius, colour);
  }
}

/** Mixes a colour into the pixels whose middle is within the outlines, by the even-odd rule. */
function tint(
  { data, width, height }: Pixels,
  outlines: readonly (readonly Point[])[],
  colour: Colour,
  opacity: number,
): void {
  const all = outlines.flat().map(({ y }) => y);
  const bottom = Math.min(height - 1, Math.floor(Math.max(...all)));
  for (let row = Math.max(0, Math.floor(Math.min(...all))); row <= bottom; row++) {
    const across = outlines.flatMap((outline) => crossings(outline, row + 0.5)).sort((a, b) => a - b);
    for (let i = 0; i + 1 < across.length; i += 2) {
      const end = Math.min(width, Math.floor(across[i + 1]! + 0.5));
      for (let column = Math.max(0, Math.ceil(across[i]! - 0.5)); column < end; column++) {
        const at = (row * width + column) * 3;
        for (let c = 0; c < 3; c++) data[at + c]! += Math.round((colour[c]! - data[at + c]!) * opacity);
      }
    }
  }
}

function disc({ data, width, height }: Pixels, { x, y }: Point, radius: number, colour: Colour): void {
  const reach = Math.max(radius, LEAST_RADIUS);
  const bottom = Math.min(height - 1, Math.floor(y + reach));
  const right = Math.min(width - 1, Math.floor(x + reach));
  for (let row = Math.max(0, Math.floor(y - reach)); row <= bottom; row++) {
    for (let column = Math.max(0, Math.floor(x - reach)); column <= right; column++) {
      const [dx, dy] = [column + 0.5 - x, row + 0.5 - y];
      if (dx * dx + dy * dy <= reach * reach) data.set(colour, (row * width + column) * 3);
    }
  }
}
