/**
 * What an inspection may spend, in things that can be counted on any machine: decodings, runs of the networks, and
 * memory. Times are the business of `bench/`.
 */
import { readFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fitLetterbox } from '../src/core/face/letterbox.ts';
import { DETECTOR_INPUT, GLANCE_INPUT, MESH_INPUT } from '../src/core/face/networks.ts';
import { sampleSquare } from '../src/core/face/sample.ts';
import { readPictureInfo } from '../src/core/image/picture.ts';
import { firstEdge } from '../src/core/image/working-size.ts';
import type { Inspector } from '../src/core/inspect.ts';
import { SURFACE_INPUT } from '../src/core/models/surface-network.ts';
import { decodeImage } from '../src/node/decode/decode.ts';
import { sharp } from '../src/node/decode/native-sharp.ts';
import { createInspector } from '../src/node/inspector.ts';
import { openOnnxNetworks } from '../src/node/networks/onnx-networks.ts';
import { type InferenceSession, loadRuntime, type Tensor } from '../src/node/networks/runtime.ts';

/** Decodings without sharp, so far. */
const own = vi.hoisted(() => ({ decodings: 0 }));
vi.mock('../src/node/decode/jpeg/decode.ts', async (original) => {
  const { decodeBaseline } = await original<typeof import('../src/node/decode/jpeg/decode.ts')>();
  return {
    async decodeBaseline(...values: Parameters<typeof decodeBaseline>) {
      const pixels = await decodeBaseline(...values);
      if (pixels !== null) own.decodings++;
      return pixels;
    },
  };
});

const runtime = loadRuntime();

const NETWORKS = new Map([
  [GLANCE_INPUT, 'glance'],
  [DETECTOR_INPUT, 'full look'],
  [MESH_INPUT, 'mesh'],
  [SURFACE_INPUT, 'surface'],
]);

/** Bytes that an inspection may leave to the garbage collector: 0.24 MB measured, a third of it the mesh. */
const MAX_GARBAGE = 330_000;

/** Bytes of typed arrays that an inspection may make: 21 KB measured. */
const MAX_ARRAYS = 32 * 1024;

/** The methods of all sessions. The package exports their class, but types it as a factory. */
const sessionMethods: InferenceSession = (
  runtime.InferenceSession as unknown as { prototype: InferenceSession }
).prototype;

const example = (name: string) => readFile(new URL(`../examples/${name}.jpg`, import.meta.url));

/** An example, resized to a width and stored anew. */
async function stored(name: string, format: 'jpeg' | 'png' | 'webp', width: number): Promise<Uint8Array> {
  return sharp(await example(name))
    .resize(width)
    .toFormat(format)
    .toBuffer();
}

/** What happens while something is done: decodings, and networks that ran. */
async function count(work: () => Promise<unknown>) {
  // sharp tells when a decoding is queued, and when it ends.
  let changes = 0;
  const onChange = () => {
    changes++;
  };
  const before = own.decodings;
  const run = vi.spyOn(sessionMethods, 'run');
  sharp.queue.on('change', onChange);
  try {
    await work();
  } finally {
    sharp.queue.off('change', onChange);
  }
  const looks = run.mock.calls.map(([feeds]) => {
    const [input] = Object.values(feeds as Record<string, Tensor>);
    return NETWORKS.get(input.dims[2]);
  });
  run.mockRestore();
  return { decodings: changes / 2 + own.decodings - before, looks };
}

/** Bytes of the typed arrays that are made while something is done. */
async function arraysMadeIn(work: () => unknown): Promise<number> {
  const globals = globalThis as unknown as Record<string, new (...values: never[]) => ArrayBufferView>;
  let bytes = 0;
  const names = ['Float32Array', 'Float64Array', 'Int32Array', 'Uint32Array', 'Uint8Array', 'Uint16Array'];
  const originals = names.map((name) => [name, globals[name]] as const);
  for (const [name, original] of originals) {
    globals[name] = new Proxy(original, {
      construct(target, values, newTarget) {
        const made: ArrayBufferView = Reflect.construct(target, values, newTarget);
        bytes += made.byteLength;
        return made;
      },
    });
  }
  try {
    await work();
  } finally {
    for (const [name, original] of originals) globals[name] = original;
  }
  return bytes;
}

let inspector: Inspector;
beforeAll(async () => {
  inspector = await createInspector();
});
afterAll(() => inspector.close());

describe('a usable portrait takes one decoding, one glance, and one look of mesh and surface', () => {
  it.each([
    ['jpeg', 512],
    ['jpeg', 1280],
    ['jpeg', 4096],
    ['png', 1280],
    ['webp', 1280],
  ] as const)('as a %s of %d pixels', async (format, edge) => {
    const bytes = await stored('pass', format, edge);
    const { decodings, looks } = await count(async () => {
      expect(await inspector.inspect(bytes)).toMatchObject({ pass: true });
    });
    expect({ decodings, looks }).toEqual({ decodings: 1, looks: ['glance', 'mesh', 'surface'] });
  });
});

describe('what is no portrait takes', () => {
  it('one decoding and two looks, when there is no one in it', async () => {
    const bytes = await example('none');
    expect(await count(() => inspector.inspect(bytes))).toEqual({
      decodings: 1,
      looks: ['glance', 'full look'],
    });
  });

  it('one finer decoding, when its face is small', async () => {
    const bytes = await stored('small', 'jpeg', 1280);
    expect(await count(() => inspector.inspect(bytes))).toEqual({
      decodings: 2,
      looks: ['glance', 'full look', 'mesh', 'surface'],
    });
  });

  it('one look of the mesh, however many people are in it', async () => {
    const bytes = await example('group');
    const { decodings, looks } = await count(() => inspector.inspect(bytes));
    expect(decodings).toBeLessThanOrEqual(2);
    expect(looks).toEqual(['glance', 'full look', 'mesh', 'surface']);
  });

  it('nothing, when its header says that it is refused', async () => {
    const bytes = await sharp({ create: { width: 4100, height: 2100, channels: 3, background: '#888' } })
      .png()
      .toBuffer();
    const work = () => expect(inspector.inspect(bytes)).rejects.toMatchObject({ code: 'image.edge' });
    expect(await count(work)).toEqual({ decodings: 0, looks: [] });
  });
});

describe('memory', () => {
  it('for the input and the output of the networks is taken once', async () => {
    const bytes = await example('pass');
    const image = readPictureInfo(bytes);
    const pixels = await decodeImage(bytes, image, { maxEdge: firstEdge(image) });
    const networks = await openOnnxNetworks();
    const { glance, mesh } = networks;
    const made = await arraysMadeIn(async () => {
      fitLetterbox(pixels, GLANCE_INPUT, glance.input);
      await glance.run();
      const square = { cx: pixels.width / 2, cy: pixels.height / 2, size: 200, angle: 0.1 };
      sampleSquare(pixels, square, { outSize: MESH_INPUT, scale: 1 / 255 }, mesh.input);
      await mesh.run();
    });
    expect(made).toBe(0);
    await networks.close();
  });

  it('of typed arrays is little beside the picture', async () => {
    const bytes = await stored('pass', 'png', 1280);
    const made = await arraysMadeIn(() => inspector.inspect(bytes));
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(MAX_ARRAYS);
  });

  it('that is left to the garbage collector is bounded', async () => {
    const bytes = await example('pass');
    const runs = 10;
    const garbage: number[] = [];
    const session = new Session();
    session.connect();
    for (let batch = 0; batch < 6; batch++) {
      await session.post('HeapProfiler.startSampling', {
        samplingInterval: 512,
        includeObjectsCollectedByMajorGC: true,
        includeObjectsCollectedByMinorGC: true,
      });
      for (let i = 0; i < runs; i++) await inspector.inspect(bytes);
      const { profile } = await session.post('HeapProfiler.stopSampling');
      const total = (node: typeof profile.head): number =>
        node.children.reduce((sum, child) => sum + total(child), node.selfSize);
      garbage.push(total(profile.head) / runs);
    }
    session.disconnect();
    // The least: code that is not compiled yet boxes more of its numbers.
    const least = Math.min(...garbage);
    expect(least).toBeGreaterThan(10_000);
    expect(least).toBeLessThan(MAX_GARBAGE);
  });
});
