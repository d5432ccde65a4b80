import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/** Samples with a row of activations each. */
export interface SampleSet {
  readonly samples: readonly Sample[];
  readonly late: Matrix;
  readonly early: Matrix;
}

/** Collects samples; activations are kept in blocks, so that nothing is copied until the end. */
export class SampleCollector {
  readonly #samples: Sample[] = [];
  readonly #late: Float32Array[] = [];
  readonly #early: Float32Array[] = [];

  add(about: Omit<Sample, 'score' | 'flag' | 'meshYaw' | 'meshPitch'>, reading: Reading): void {
    const { score, flag, yaw, pitch } = reading;
    this.#samples.push({ ...about, score, flag, meshYaw: yaw, meshPitch: pitch });
    this.#late.push(reading.late);
    this.#early.push(reading.early);
  }

  finish(): SampleSet {
    return { samples: this.#samples, late: stack(this.#late), early: stack(this.#early) };
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
    const [late, early] = await Promise.all(['late', 'early'].map((layer) => read(folder, name, layer)));
    return { samples: known.samples, late, early };
  }
  const made = await make();
  await mkdir(folder, { recursive: true });
  for (const layer of ['late', 'early'] as const) {
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
  const join = (pick: (set: SampleSet) => Matrix): Matrix => {
    const rows = sets.reduce((sum, set) => sum + pick(set).rows, 0);
    const data = new Float32Array(rows * LAYER_SIZE);
    let at = 0;
    for (const set of sets) {
      data.set(pick(set).data, at);
      at += pick(set).data.length;
    }
    return { rows, columns: LAYER_SIZE, data };
  };
  return {
    samples: sets.flatMap((set) => set.samples),
    late: join((s) => s.late),
    early: join((s) => s.early),
  };
}

function stack(blocks: readonly Float32Array[]): Matrix {
  const data = new Float32Array(blocks.length * LAYER_SIZE);
  blocks.forEach((block, i) => {
    data.set(block, i * LAYER_SIZE);
  });
  return { rows: blocks.length, columns: LAYER_SIZE, data };
}

async function read(folder: string, name: string, layer: string): Promise<Matrix> {
  const bytes = await readFile(join(folder, `${name}.${layer}`));
  const data = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  return { rows: data.length / LAYER_SIZE, columns: LAYER_SIZE, data };
}
