/** A colour in linear light, each channel 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number];

/** What a point of a surface looks like; a painter fills one in. */
export interface Surface {
  red: number;
  green: number;
  blue: number;
  /** Strength of the highlight, 0 to 1. */
  gloss: number;
  /** Exponent of the highlight: higher is smaller. */
  shine: number;
  /** How far light seeps around an edge, reddened as by skin: 0 to 1. */
  glow: number;
  /** Direction of strands for a hair-like highlight; all zero where there are none. */
  strandX: number;
  strandY: number;
  strandZ: number;
  /** Added to the normal before it is normalised again. */
  bumpX: number;
  bumpY: number;
  bumpZ: number;
}

/** A part of a figure: a solid in centimetres, and its paint. */
export interface Part {
  /** A lower bound of the distance to the part, negative inside. */
  distance(x: number, y: number, z: number): number;
  /** Describes the surface at a point of it; starts from {@link plain}. */
  paint(x: number, y: number, z: number, surface: Surface): void;
}

/** A surface to be filled in. */
export function plain(): Surface {
  return reset({} as Surface);
}

/** Makes a surface matt, grey, smooth and without strands. */
export function reset(surface: Surface): Surface {
  surface.red = surface.green = surface.blue = 0.5;
  surface.gloss = 0.1;
  surface.shine = 20;
  surface.glow = 0;
  surface.strandX = surface.strandY = surface.strandZ = 0;
  surface.bumpX = surface.bumpY = surface.bumpZ = 0;
  return surface;
}

/** Sets the colour of a surface, `share` of it (all of it if left out). */
export function tint(surface: Surface, colour: Colour, share = 1): void {
  surface.red += (colour[0] - surface.red) * share;
  surface.green += (colour[1] - surface.green) * share;
  surface.blue += (colour[2] - surface.blue) * share;
}

/** A colour from its usual notation, `#rrggbb` in sRGB. */
export function colour(hex: string): Colour {
  const channel = (at: number) => toLinear(Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  return [channel(1), channel(3), channel(5)];
}

/** sRGB, 0 to 1, to linear light. */
function toLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Linear light to sRGB, 0 to 1. */
export function toSrgb(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}
