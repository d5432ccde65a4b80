import type { Rng } from '../rng.ts';
import type { FaceFrame } from './frame.ts';
import type { Colour } from './svg.ts';

/** What a drawer has to draw with. */
export interface Canvas {
  readonly frame: FaceFrame;
  readonly rng: Rng;
  /** The colour of this face's skin. */
  readonly skin: Colour;
}

/** Something drawn on a face. */
export interface Drawing {
  /** SVG definitions: gradients, filters, patterns. */
  readonly defines: string;
  /** SVG shapes; those that are opaque cover what is under them. */
  readonly shapes: string;
  /** It may be filled with a texture cut from a photo instead of its own colours, keeping its shading. */
  readonly takesTexture: boolean;
  /**
   * False for what belongs to the face or is seen through, beard, glasses, shadow: whatever it hides, nothing is
   * covered.
   */
  readonly covers: boolean;
}

/** A kind of thing that can be on a face. */
export interface Cover {
  readonly kind: string;
  /** Related kinds: left out together when the heads are tested on kinds that they have not seen. */
  readonly family: 'mask' | 'hand' | 'object' | 'cloth' | 'hair' | 'glasses' | 'bar' | 'harmless';
  draw(canvas: Canvas): Drawing;
}
