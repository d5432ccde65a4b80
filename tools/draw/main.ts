/**
 * Draws `examples/`. Usage: `npm run draw [-- <file name>…]`; without names all of them.
 */
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { drawPicture } from './picture.ts';
import { SCENES } from './scenes.ts';

const FOLDER = new URL('../../examples/', import.meta.url);
const JPEG_QUALITY = 90;

const wanted = process.argv.slice(2);
for (const scene of SCENES) {
  if (wanted.length > 0 && !wanted.includes(scene.file)) continue;
  const { data, width, height } = drawPicture(scene);
  const { size } = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:4:4' })
    .toFile(fileURLToPath(new URL(scene.file, FOLDER)));
  process.stdout.write(`${scene.file} ${width} x ${height}, ${Math.round(size / 1024)} KiB\n`);
}
