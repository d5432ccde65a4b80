import { LIVEPORTRAIT_CROP } from '../core/face/crop.ts';
import { MAX_ASPECT } from '../core/image/limits.ts';
import type { Box, Crop, Face } from '../core/inspection.ts';
import { boundsOf, centerOf, clipTo, placeInside, type Size } from './geometry.ts';

/** The long edge of a frame over its short one, at most: a little less than allowed, since edges are whole pixels. */
export const LONGEST_SHAPE = MAX_ASPECT * 0.975;

/**
 * Long edges of close frames, in widths of the face, the widest first. In a frame of 4 a face spans 25 %, as in
 * usable portraits (see `minFaceShare` in `docs/policy.md`); LivePortrait's own crop has 3 or so.
 */
const CLOSE_FRAMES: readonly number[] = [5, 4, 0];

/** The face that a frame is for. */
export interface Target {
  readonly box: Box;
  /** What LivePortrait cuts out for it, upright; it is in every frame as far as it is in the picture. */
  readonly surroundings: Box;
}

/** A face with LivePortrait's crop, or with an estimate of it where its mesh is not known. */
export function targetOf({ box }: Face, crop: Crop | null): Target {
  if (crop !== null) return { box, surroundings: boundsOf(crop) };
  const size = LIVEPORTRAIT_CROP.scale * Math.max(box.width, box.height);
  const { x, y } = centerOf(box);
  return {
    box,
    surroundings: boundsOf({ center: { x, y: y - LIVEPORTRAIT_CROP.up * size }, size, angle: 0 }),
  };
}

/** Whether a picture's long edge is over what the contract allows. */
export function isTooLong({ width, height }: Size): boolean {
  return Math.max(width, height) > MAX_ASPECT * Math.min(width, height);
}

/**
 * The widest frame: the whole picture, or the longest allowed part of it, with the face as near to its middle as
 * the picture allows.
 */
export function widestFrame(picture: Size, { surroundings }: Target): Box {
  if (!isTooLong(picture)) return { x: 0, y: 0, ...picture };
  const longest = Math.floor(LONGEST_SHAPE * Math.min(picture.width, picture.height));
  const size = { width: Math.min(picture.width, longest), height: Math.min(picture.height, longest) };
  return placeInside(picture, size, centerOf(clipTo(picture, surroundings)));
}

/**
 * Frames in which the face is larger, the widest first, each with all of LivePortrait's crop that the picture has.
 * The last one is that crop.
 */
export function closeFrames(picture: Size, { box, surroundings }: Target): Box[] {
  const needed = clipTo(picture, surroundings);
  return CLOSE_FRAMES.map((faces) => {
    // As wide as it is high, but where the picture ends. A crop that is cut to a strip gets more around it.
    const edge = Math.max(faces * box.width, Math.max(needed.width, needed.height) / LONGEST_SHAPE);
    const width = Math.min(picture.width, Math.max(edge, needed.width));
    const height = Math.min(picture.height, Math.max(edge, needed.height));
    const size = {
      width: Math.min(width, LONGEST_SHAPE * height),
      height: Math.min(height, LONGEST_SHAPE * width),
    };
    return placeInside(picture, size, centerOf(needed));
  });
}
