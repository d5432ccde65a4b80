/**
 * Draws `examples/` and `test/fixtures/drawn/`. Usage: `npm run draw [-- --out <folder> --scale <share> <file>…]`.
 * With file names only those; with `--out` they go to one other folder, with `--scale` at a share of their size.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { encode } from './encode.ts';
import { FIXTURES } from './fixtures.ts';
import { drawPicture } from './picture.ts';
import { SCENES } from './scenes.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string' }, scale: { type: 'string', default: '1' } },
});
const scale = Number(values.scale);
const known = [...SCENES, ...FIXTURES].map(({ file }) => file);
const unknown = positionals.filter((file) => !known.includes(file));
if (unknown.length > 0)
  throw new Error(`No picture is called ${unknown.join(', ')}; there are: ${known.join(', ')}`);

for (const [folder, scenes] of [
  ['examples', SCENES],
  ['test/fixtures/drawn', FIXTURES],
] as const) {
  const target = values.out ?? path.join(ROOT, folder);
  await mkdir(target, { recursive: true });
  for (const scene of scenes) {
    if (positionals.length > 0 && !positionals.includes(scene.file)) continue;
    const width = Math.round(scene.width * scale);
    const height = Math.round(scene.height * scale);
    const file = await encode(drawPicture({ ...scene, width, height }), 'jpeg');
    await writeFile(path.join(target, scene.file), file);
    process.stdout.write(`${scene.file} ${width} x ${height}, ${Math.round(file.length / 1024)} KiB\n`);
  }
}
