/** Files to look at, made by code or drawn by the project. */
import { link, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

/** A drawn portrait that passes. */
export const PASS = fileURLToPath(new URL('../../examples/pass.jpg', import.meta.url));

/** A drawn portrait whose mouth is covered by a mask. */
export const OBSTRUCTED = fileURLToPath(new URL('../../examples/obstructed.jpg', import.meta.url));

/** A picture in one colour, in which there is nothing. */
export function flat(width: number, height: number, format: 'jpeg' | 'png' | 'webp' = 'jpeg') {
  return sharp({ create: { width, height, channels: 3, background: '#8090a0' } })
    .toFormat(format)
    .toBuffer();
}

/** Noise, which no encoder makes small and in which there is nothing. */
export function noise(width: number, height: number) {
  return sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** A folder with the same picture under many names; gives the names, in order. */
export async function many(folder: string, count: number, bytes: Uint8Array): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const names = Array.from({ length: count }, (_, i) => `${String(i).padStart(5, '0')}.jpg`);
  await writeFile(join(folder, names[0]), bytes);
  for (const name of names.slice(1)) await link(join(folder, names[0]), join(folder, name));
  return names;
}
