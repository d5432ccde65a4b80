/**
 * What the heads add to the detector and the mesh: `npm run bench:heads`. The glance and the mesh are run as they are
 * for a portrait, in turns with what comes on top: the surface network, sampling tints, the heads, the joins.
 */
import { readFile } from 'node:fs/promises';
import { frameGaps } from '../src/core/face/frame.ts';
import { Mesh } from '../src/core/face/mesh.ts';
import { MESH_INPUT } from '../src/core/face/networks.ts';
import { FaceSearch } from '../src/core/face/search.ts';
import { readSurface, SurfaceParser } from '../src/core/face/surface.ts';
import { sampleTints } from '../src/core/face/tints.ts';
import { readHeader } from '../src/core/image/header.ts';
import { firstEdge } from '../src/core/image/working-size.ts';
import { loadHeads } from '../src/core/models/heads.ts';
import { decodeImage } from '../src/node/decode/decode.ts';
import { openOnnxNetworks } from '../src/node/networks/onnx-networks.ts';
import { spread } from './statistics.ts';

const ROUNDS = 400;
const WARM_UP = 100;

const bytes = await readFile(new URL('../examples/pass.jpg', import.meta.url));
const header = readHeader(bytes, true);
const pixels = await decodeImage(bytes, header, { maxEdge: firstEdge(header) });
const opened = await openOnnxNetworks();
const search = new FaceSearch(opened);
const mesh = new Mesh(opened.mesh);
const parser = new SurfaceParser(opened.surface);
const heads = loadHeads();

const times: { readonly networks: number; readonly heads: number }[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const start = performance.now();
  const [face] = await search.search(pixels);
  const seen = await mesh.measure(pixels, face);
  const between = performance.now();
  const map = await parser.parse(pixels, seen.square);
  const surface = readSurface(map, seen.levelled, MESH_INPUT);
  const tints = sampleTints(seen.input, MESH_INPUT, seen.levelled);
  const frame = frameGaps(seen.square, pixels);
  heads.read({ ...seen, tints, surface, frame }, face.score);
  const end = performance.now();
  if (round >= WARM_UP) times.push({ networks: between - start, heads: end - between });
}
await opened.close();

const [networks, added] = [spread(times.map((t) => t.networks)), spread(times.map((t) => t.heads))];
process.stdout.write(
  `Detector and mesh, sampling included: ${networks.median.toFixed(3)} ms. ` +
    `Surface and heads: ${added.median.toFixed(3)} ms, ${((100 * added.median) / networks.median).toFixed(1)} % on top.\n`,
);
