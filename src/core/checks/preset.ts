/** Presets: what a generator of talking portraits wants of a picture, as a policy. */
import type { LimitName } from './limits.ts';

/** Where something is said that can be opened and read. */
export interface Source {
  readonly url: string;
  /** What it says, in one sentence; what is worked out from that begins with "We:". */
  readonly says: string;
}

/** A limit that differs from the default, and who says so. */
export interface PresetLimit extends Source {
  readonly value: number;
}

/** The part of a picture that a generator is best given: a square around the face, upright. */
export interface PresetCrop extends Source {
  /** What the square's edge is measured in: the wider edge of the face's box, or that of the face's points below the forehead. */
  readonly of: 'box' | 'points';
  /** The square's edge over that. */
  readonly scale: number;
  /** How far the square is moved up, in its own edges. */
  readonly up: number;
  /** The edge that the generator works at, in pixels: larger squares are scaled down to it. Null keeps all pixels. */
  readonly size: number | null;
}

/** What one generator wants. What is left out is as by default. */
export interface Preset {
  /** Its name in a policy's `for`. */
  readonly name: string;
  /** What its makers call it. */
  readonly title: string;
  readonly limits: Partial<Readonly<Record<LimitName, PresetLimit>>>;
  /** Advisory checks that refuse a picture for it, by their ids. */
  readonly enforce: Readonly<Record<string, Source>>;
  /** Null where it is given the picture as it is: it crops by itself, or pastes its result back. */
  readonly crop: PresetCrop | null;
  /** What is known of its wishes and not judged here, a sentence each. */
  readonly unjudged: readonly string[];
}

/**
 * LivePortrait scales a picture to 1280 pixels before it looks at it, and its limit counts there. Where a generator does not,
 * that limit steps back to what our own detector needs.
 */
export const DETECTOR_FLOOR: PresetLimit = {
  value: 32,
  url: 'https://github.com/KwaiVGI/LivePortrait/blob/1986663/src/config/crop_config.py',
  says: "We: the default is LivePortrait's own, which works on faces of 111 pixels; here the limit is 32, the lowest that the policy takes.",
};

/** Whether a generator wants a part of its own rather than the picture. */
export function wantsFrame({ crop, limits }: Preset): boolean {
  return crop !== null || limits.maxShape !== undefined;
}
