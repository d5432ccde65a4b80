/** A film of drawn pictures for a browser's camera: a person who does one thing after the other wrong, and then holds still. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';

/** As Chromium plays MJPEG. */
const FRAMES_A_SECOND = 30;
const WIDTH = 640;
const HEIGHT = 480;
const JPEG = { quality: 90 } as const;

/** A red mark in the film's upper left corner, by which a mirrored picture is told from another. */
const MARK = { left: 16, top: 16, size: 48 } as const;

/** Where {@link MARK} is, as a share of width and height. */
export const MARK_AT = {
  x: (MARK.left + MARK.size / 2) / WIDTH,
  y: (MARK.top + MARK.size / 2) / HEIGHT,
} as const;

/** A part of a film: its pictures, at thirty a second, again and again. */
interface Part {
  readonly seconds: number;
  readonly pictures: readonly Buffer[];
}

/** What there is to be seen, by what it calls for. */
export type Scene =
  | 'noFace'
  | 'closer'
  | 'centre'
  | 'turn'
  | 'level'
  | 'cover'
  | 'closeMouth'
  | 'moreLight'
  | 'still'
  | 'ready';

/**
 * Makes a film of these scenes, one after the other.
 *
 * @param width in pixels; the height is three quarters of it
 * @returns its path
 */
export async function makeFilm(
  folder: string,
  scenes: readonly (readonly [Scene, number])[],
  width = WIDTH,
): Promise<string> {
  const good = await drawn('yaw+0');
  const parts: Part[] = [];
  for (const [scene, seconds] of scenes)
    parts.push({ seconds, pictures: await enlarge(await shoot(scene, good), width) });
  const path = join(folder, 'film.mjpeg');
  const frames = parts.flatMap(({ seconds, pictures }) =>
    Array.from({ length: seconds * FRAMES_A_SECOND }, (_, at) => pictures[at % pictures.length]),
  );
  writeFileSync(path, Buffer.concat(frames));
  return path;
}

function enlarge(pictures: readonly Buffer[], width: number): Promise<Buffer[]> {
  return Promise.all(pictures.map((picture) => sharp(picture).resize(width).jpeg(JPEG).toBuffer()));
}

async function shoot(scene: Scene, good: Buffer): Promise<Buffer[]> {
  switch (scene) {
    case 'noFace':
      return [await finish(sharp({ create: ROOM }))];
    case 'closer':
      return [await finish(await far(good))];
    case 'centre':
      return [await finish(await shifted(good, 190))];
    case 'turn':
      return [await finish(sharp(await drawn('yaw+40')))];
    case 'level':
      return [await finish(sharp(await drawn('roll+20')))];
    case 'cover':
      return [await finish(sharp(await drawn('phone')))];
    case 'closeMouth':
      return [await finish(sharp(await drawn('mouth-open')))];
    case 'moreLight':
      return [await finish(sharp(good).linear(0.2, 0))];
    case 'still':
      return Promise.all(swing().map(async (x) => finish(await shifted(good, x))));
    case 'ready':
      return [await finish(sharp(good))];
  }
}

const ROOM = { width: WIDTH, height: HEIGHT, channels: 3, background: '#8c9ba0' } as const;

/** A picture of `test/fixtures/drawn`, as high as the film, its edges drawn out to the film's width. */
async function drawn(name: string): Promise<Buffer> {
  const file = readFileSync(new URL(`../fixtures/drawn/${name}.jpg`, import.meta.url));
  const square = await sharp(file).resize(HEIGHT, HEIGHT).toBuffer();
  const side = (WIDTH - HEIGHT) / 2;
  return sharp(square).extend({ left: side, right: side, extendWith: 'copy' }).png().toBuffer();
}

/** To and fro, twice a second, by less than calls for the middle: x of each frame, in pixels. */
function swing(): number[] {
  return Array.from({ length: 15 }, (_, at) => 4 * Math.round(12 * Math.sin((at / 15) * 2 * Math.PI)));
}

/** A picture moved to the right, its edge drawn out. */
async function shifted(picture: Buffer, x: number) {
  const room = { left: Math.max(0, x), right: Math.max(0, -x), extendWith: 'copy' } as const;
  return extract(sharp(await sharp(picture).extend(room).toBuffer()), Math.max(0, -x), 0);
}

async function far(picture: Buffer) {
  const small = await sharp(picture)
    .resize(Math.round(WIDTH * 0.35))
    .toBuffer({ resolveWithObject: true });
  const left = Math.floor((WIDTH - small.info.width) / 2);
  const top = Math.floor((HEIGHT - small.info.height) / 2);
  const right = WIDTH - small.info.width - left;
  const bottom = HEIGHT - small.info.height - top;
  return sharp(small.data).extend({ left, top, right, bottom, extendWith: 'copy' });
}

function extract(picture: Sharp, left: number, top: number) {
  return picture.extract({ left, top, width: WIDTH, height: HEIGHT });
}

/** With the mark, as JPEG. */
async function finish(picture: Sharp): Promise<Buffer> {
  const { left, top, size } = MARK;
  const input = { create: { width: size, height: size, channels: 3, background: '#d01010' } } as const;
  return sharp(await picture.png().toBuffer())
    .composite([{ input, left, top }])
    .jpeg(JPEG)
    .toBuffer();
}
