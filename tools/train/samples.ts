import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TINTS } from '../../src/face/tints.ts';
import type { FaceRegion } from '../../src/inspection.ts';
import type { Matrix } from './algebra.ts';
import { LAYER_SIZE, type Reading } from './vision.ts';

/** What is known to be true of a face; null where nothing is. */
export interface Truth {
  readonly human: boolean | null;
  /** Turn to either side, in degrees, without sign. */
  readonly yaw: number | null;
  /** The same with a sign, positive to the picture's right, where the label has one. */
  readonly turn: number | null;
  /** Degrees; positive looks up. */
  readonly pitch: number | null;
  readonly covered: Readonly<Record<FaceRegion, boolean | null>>;
  readonly obstructed: boolean | null;
}

/** One face that the networks have looked at: what they said besides activations, and what is true. */
export interface Sample {
  readonly file: string;
  readonly source: string;
  readonly group: string;
  readonly expected: string;
  /** How the picture was changed: `plain`, `mirrored`, or what was drawn on it. */
  readonly variant: string;
  readonly score: number;
  readonly flag: number;
  readonly meshYaw: number;
  readonly meshPitch: number;
  readonly truth: Truth;
}

/** What heads can read of each sample, a row each. */
export interface Features {
  /** The mesh network's activations. */
  readonly activations: Matrix;
  /** The face's colours. */
  readonly tints: Matrix;
}

/** Samples, and what heads can read of them. */
export interface SampleSet extends Features {
  readonly samples: readonly Sample[];
}

/** Columns of each of the features. */
const WIDTHS = { activations: LAYER_SIZE, tints: TINTS } as const;
const LAYERS = ['activations', 'tints'] as const satisfies readonly (keyof Features)[];

/** Collects samples; activations are kept in blocks, so that nothing is copied until the end. */
export class SampleCollector {
  readonly #samples: Sample[] = [];
  readonly #rows = { activations: [] as Float32Array[], tints: [] as Float32Array[] };

  add(about: Omit<Sample, 'score' | 'flag' | 'meshYaw' | 'meshPitch'>, reading: Reading): void {
    const { score, flag, yaw, pitch } = reading;
    this.#samples.push({ ...about, score, flag, meshYaw: yaw, meshPitch: pitch });
    for (const layer of LAYERS) this.#rows[layer].push(reading[layer]);
  }

  finish(): SampleSet {
    const { activations, tints } = this.#rows;
    return {
      samples: this.#samples,
      activations: stack(activations, WIDTHS.activations),
      tints: stack(tints, WIDTHS.tints),
    };
  }
}

/** Reads a set from the cache, or makes it and keeps it there. A changed key makes it anew. */
export async function cached(
  folder: string,
  name: string,
  key: string,
  make: () => Promise<SampleSet>,
): Promise<SampleSet> {
  const about = join(folder, `${name}.json`);
  const known = await readFile(about, 'utf8').then(JSON.parse, () => null);
  if (known?.key === key) {
    const [activations, tints] = await Promise.all(LAYERS.map((layer) => read(folder, name, layer)));
    return { samples: known.samples, activations, tints };
  }
  const made = await make();
  await mkdir(folder, { recursive: true });
  for (const layer of LAYERS) {
    const { data } = made[layer];
    await writeFile(
      join(folder, `${name}.${layer}`),
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
    );
  }
  await writeFile(about, JSON.stringify({ key, samples: made.samples }));
  return made;
}

/** Several sets as one. */
export function concatenate(sets: readonly SampleSet[]): SampleSet {
  const join = (layer: keyof Features): Matrix => {
    const rows = sets.reduce((sum, set) => sum + set[layer].rows, 0);
    const columns = WIDTHS[layer];
    const data = new Float32Array(rows * columns);
    let at = 0;
    for (const set of sets) {
      data.set(set[layer].data, at);
      at += set[layer].data.length;
    }
    return { rows, columns, data };
  };
  return {
    samples: sets.flatMap((set) => set.samples),
    activations: join('activations'),
    tints: join('tints'),
  };
}

function stack(blocks: readonly Float32Array[], columns: number): Matrix {
  const data = new Float32Array(blocks.length * columns);
  blocks.forEach((block, i) => {
    data.set(block, i * columns);
  });
  return { rows: blocks.length, columns, data };
}

async function read(folder: string, name: string, layer: keyof Features): Promise<Matrix> {
  const bytes = await readFile(join(folder, `${name}.${layer}`));
  const data = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  return { rows: data.length / WIDTHS[layer], columns: WIDTHS[layer], data };
}
