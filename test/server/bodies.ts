/** Pictures of bodies: a drawn person down to the hips, and the same on legs that are made of boxes. */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';

const SMALL = readFileSync(new URL('../../examples/small.jpg', import.meta.url));
/** The person in that picture, down to the hips. */
const PERSON = { left: 110, top: 290, width: 240, height: 222 };
const GROUND = '#8a9a7a';

/** A JPEG of 720 x 666 pixels. */
export function halfBody(): Promise<Buffer> {
  return sharp(SMALL).extract(PERSON).resize({ width: 720 }).jpeg().toBuffer();
}

/** A JPEG of 880 x 1024 pixels. */
export async function fullBody(): Promise<Buffer> {
  const box = (width: number, height: number, background: string) =>
    sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer();
  const [leg, ankle, shoe, hips] = await Promise.all([
    box(60, 430, '#2b3550'),
    box(30, 60, '#c98f6a'),
    box(70, 30, '#1a1a1a'),
    box(160, 90, '#2b3550'),
  ]);
  const legs = [160, 260].flatMap((left, at) => [
    { input: leg, left, top: 444 },
    { input: ankle, left: left + 15, top: 874 },
    { input: shoe, left: at === 0 ? left - 10 : left, top: 934 },
  ]);
  const bust = await sharp(SMALL).extract(PERSON).resize(480, 444).toBuffer();
  const person = await sharp(bust)
    .extend({ bottom: 580, background: GROUND })
    .composite([{ input: hips, left: 160, top: 444 }, ...legs])
    .png()
    .toBuffer();
  return sharp(person).extend({ left: 200, right: 200, background: GROUND }).blur(1).jpeg().toBuffer();
}
