import type { Pixels } from '../../src/core/image/pixels.ts';
import { sharp } from '../../src/node/decode/native-sharp.ts';
import type { Colour } from './covers/svg.ts';
import type { Rng } from './rng.ts';

/** Skin tones to recolour to, as red, green and blue: from fair to very dark. */
const TONES: readonly Colour[] = [
  [240, 205, 180],
  [215, 165, 130],
  [175, 120, 85],
  [125, 82, 58],
  [85, 55, 40],
  [68, 46, 36],
];

/** How far a pixel's chroma may be from the skin's to be recoloured wholly, and how far to be recoloured at all. */
const CHROMA_NEAR = 14;
const CHROMA_FAR = 38;

/**
 * Gives the skin, and what has its colour, another tone: every pixel near the skin's chroma is scaled, channel by
 * channel, by the ratio of the tones.
 */
export function recolourSkin({ data, ...rest }: Pixels, skin: Colour, tone: Colour): Pixels {
  const out = new Uint8Array(data.length);
  const [skinRed, skinBlue] = chroma(skin[0], skin[1], skin[2]);
  const ratio = tone.map((value, c) => value / Math.max(20, skin[c]));
  for (let i = 0; i < data.length; i += 3) {
    const [red, blue] = chroma(data[i], data[i + 1], data[i + 2]);
    const distance = Math.hypot(red - skinRed, blue - skinBlue);
    const share = Math.min(1, Math.max(0, (CHROMA_FAR - distance) / (CHROMA_FAR - CHROMA_NEAR)));
    for (let c = 0; c < 3; c++) out[i + c] = Math.min(255, data[i + c] * (1 + (ratio[c] - 1) * share));
  }
  return { ...rest, data: out };
}

/** A tone of skin from the list, lighter or darker than the given one as it comes. */
export function anyTone(rng: Rng): Colour {
  return rng.pick(TONES);
}

/** The mean colour of small squares around some places. */
export function meanColour(
  { data, width, height }: Pixels,
  places: readonly (readonly [number, number])[],
): Colour {
  const sum = [0, 0, 0];
  let count = 0;
  for (const [px, py] of places) {
    for (let y = Math.round(py) - 3; y <= py + 3; y++) {
      for (let x = Math.round(px) - 3; x <= px + 3; x++) {
        if (x < 0 || y < 0 || x >= width || y >= height) continue;
        for (let c = 0; c < 3; c++) sum[c] += data[(y * width + x) * 3 + c];
        count++;
      }
    }
  }
  const mean = (c: number) => (count > 0 ? sum[c] / count : 128);
  return [mean(0), mean(1), mean(2)];
}

/**
 * What cameras and the web do to a picture, by chance: light, contrast, casts, grey, noise, blur, a detour through
 * fewer pixels, and JPEG.
 */
export async function wear(pixels: Pixels, rng: Rng): Promise<Pixels> {
  const lit = light(pixels, rng);
  const { width, height } = lit;
  const raw = { width, height, channels: 3 } as const;
  const small = rng.chance(0.4) ? Math.round(width * rng.between(0.3, 0.9)) : width;
  let image = sharp(lit.data, { raw }).resize(small, small);
  if (rng.chance(0.35)) image = image.blur(rng.between(0.4, 1.8));
  const quality = rng.chance(0.7) ? Math.round(rng.between(25, 92)) : 95;
  const jpeg = await image.jpeg({ quality }).toBuffer();
  const data = await sharp(jpeg)
    .resize(width, height, { kernel: 'cubic' })
    .toColourspace('srgb')
    .raw()
    .toBuffer();
  return { ...lit, data };
}

function light({ data, ...rest }: Pixels, rng: Rng): Pixels {
  const out = new Uint8Array(data.length);
  const isDim = rng.chance(0.08);
  const gain = isDim ? rng.between(0.4, 0.65) : rng.between(0.8, 1.25);
  const gamma = rng.between(0.75, 1.35);
  const cast = [1 + rng.normal() * 0.07, 1 + rng.normal() * 0.04, 1 + rng.normal() * 0.08];
  const saturation = rng.chance(0.12) ? 0 : rng.between(0.6, 1.3);
  const noise = rng.chance(0.3) ? rng.between(2, 10) : 0;
  const curve = Float64Array.from({ length: 256 }, (_, v) => 255 * gain * (v / 255) ** gamma);
  for (let i = 0; i < data.length; i += 3) {
    const luma = 0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2];
    const grain = noise > 0 ? noise * (rng.next() + rng.next() - 1) : 0;
    for (let c = 0; c < 3; c++) {
      const value = Math.max(0, Math.min(255, luma + (data[i + c] - luma) * saturation));
      out[i + c] = Math.max(0, Math.min(255, curve[Math.round(value)] * cast[c] + grain));
    }
  }
  return { ...rest, data: out };
}

/** Red and blue difference of a colour (Rec. 601). */
function chroma(r: number, g: number, b: number): [number, number] {
  const luma = 0.299 * r + 0.587 * g + 0.114 * b;
  return [0.713 * (r - luma), 0.564 * (b - luma)];
}
