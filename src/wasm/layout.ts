/** Between planes of channels, as the core has them, and pixels whose channels lie side by side, as TensorFlow has them. */

/** Lays the three planes of a picture side by side, pixel by pixel. */
export function toPixels(planes: Float32Array, pixels: Float32Array): void {
  const count = planes.length / 3;
  for (let i = 0, at = 0; i < count; i++, at += 3) {
    pixels[at] = planes[i];
    pixels[at + 1] = planes[count + i];
    pixels[at + 2] = planes[2 * count + i];
  }
}

/** Takes cells with all their channels apart, into a plane for each channel. */
export function toPlanes(values: Float32Array, cells: number, channels: number): Float32Array {
  const planes = new Float32Array(values.length);
  for (let cell = 0, at = 0; cell < cells; cell++) {
    for (let channel = 0; channel < channels; channel++, at++) planes[channel * cells + cell] = values[at];
  }
  return planes;
}
