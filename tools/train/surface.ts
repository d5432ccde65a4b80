import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MESH_INPUT } from '../../src/core/face/networks.ts';
import { readSurface } from '../../src/core/face/surface.ts';
import { SURFACE_INPUT, type SurfaceFile } from '../../src/core/models/surface-network.ts';
import { loadRuntime } from '../../src/node/networks/runtime.ts';
import { surfaceModel } from '../models/surface-model.ts';

const CROP = 3 * SURFACE_INPUT ** 2;
const POINTS = 468 * 3;

/** Reads the surface of every exported face by the product's own network and code: `<part>.surface`, one row per face. */
export async function exportSurface(
  cache: string,
  parts: readonly string[],
  file: SurfaceFile,
): Promise<void> {
  const { InferenceSession, Tensor } = loadRuntime();
  const session = await InferenceSession.create(surfaceModel(file), { intraOpNumThreads: 1 });
  const input = new Float32Array(CROP);
  for (const part of parts) {
    const crops = await readFile(join(cache, `${part}.crop`));
    const levelled = new Float32Array((await readFile(join(cache, `${part}.levelled`))).buffer);
    const count = crops.length / CROP;
    const rows: Float32Array[] = [];
    for (let face = 0; face < count; face++) {
      for (let i = 0; i < CROP; i++) input[i] = crops[face * CROP + i] / 255;
      const { surface } = await session.run({
        crop: new Tensor('float32', input, [1, 3, SURFACE_INPUT, SURFACE_INPUT]),
      });
      const points = levelled.subarray(face * POINTS, (face + 1) * POINTS);
      const { means, largest } = readSurface(surface.data as Float32Array, points, MESH_INPUT);
      rows.push(means, largest);
    }
    await writeFile(
      join(cache, `${part}.surface`),
      Buffer.concat(rows.map((row) => Buffer.from(row.buffer))),
    );
  }
  await session.release();
}
