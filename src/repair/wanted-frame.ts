/** The part of a picture that a generator is best given, by its preset. */
import { type Preset, type PresetCrop, wantsFrame } from '../core/checks/preset.ts';
import { LIVEPORTRAIT_CROP } from '../core/face/crop.ts';
import type { Box, Crop, Face, Inspection, Point } from '../core/inspection.ts';
import { centerOf, overlapOf, placeInside, type Size } from './geometry.ts';

/** A picture that shares so much with what would be cut out of it is left as it is, so that a repair of a repair does nothing. */
const SAME_FRAME = 0.8;

/**
 * A square around a face, inside the picture: moved where it would reach outside, and smaller where the picture is.
 *
 * @param crop LivePortrait's crop of the face, which tells where its points are; null where they are not known
 * @returns in whole pixels of the upright picture
 */
export function wantedFrame(preset: Preset, picture: Size, { box }: Face, crop: Crop | null): Box {
  const shortEdge = Math.min(picture.width, picture.height);
  const { center, edge } = squareFor(preset.crop, box, crop, shortEdge);
  const side = Math.min(shortEdge, Math.round(edge));
  return placeInside(picture, { width: side, height: side }, center);
}

/** Whether a picture is what the generator wants of it already. */
export function isAsWanted(preset: Preset, { image, subject, crop }: Inspection): boolean {
  if (!wantsFrame(preset) || subject === null) return true;
  const whole = { x: 0, y: 0, width: image.uprightWidth, height: image.uprightHeight };
  const size = preset.crop?.size ?? Number.POSITIVE_INFINITY;
  const isSquare = whole.width === whole.height && whole.width <= size;
  return isSquare && overlapOf(whole, wantedFrame(preset, whole, subject, crop)) >= SAME_FRAME;
}

interface Square {
  readonly center: Point;
  readonly edge: number;
}

function squareFor(wanted: PresetCrop | null, box: Box, crop: Crop | null, shortEdge: number): Square {
  // A square and no more: as much of the picture as there is.
  if (wanted === null) return { center: centerOf(box), edge: shortEdge };
  const { center, edge } = wanted.of === 'points' && crop !== null ? pointsOf(crop) : boxOf(box);
  const side = wanted.scale * edge;
  return { center: { x: center.x, y: center.y - wanted.up * side }, edge: side };
}

function boxOf(box: Box): Square {
  return { center: centerOf(box), edge: Math.max(box.width, box.height) };
}

/** The extent of a face's points, out of the crop that LivePortrait makes of it. */
function pointsOf({ center, size, angle }: Crop): Square {
  const turn = (angle * Math.PI) / 180;
  const down = LIVEPORTRAIT_CROP.up * size;
  return {
    center: { x: center.x - Math.sin(turn) * down, y: center.y + Math.cos(turn) * down },
    edge: size / LIVEPORTRAIT_CROP.scale,
  };
}
