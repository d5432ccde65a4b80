import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FaceRegion } from '../../src/core/inspection.ts';

/** What is known to be true of a face; null where nothing is. */
export interface Truth {
  readonly human: boolean | null;
  /** Turn to either side, in degrees, without sign. */
  readonly yaw: number | null;
  /** The same with a sign, positive to the picture's right, where the label has one. */
  readonly turn: number | null;
  readonly covered: Readonly<Record<FaceRegion, boolean | null>>;
  readonly obstructed: boolean | null;
  /** The picture's frame cuts through the face. */
  readonly cut: boolean | null;
}

/** Two rows of three numbers that take a place in a crop, 0 to 1, to one in the picture, in widths of the picture. */
export type Placement = readonly [number, number, number, number, number, number];

/** One face that the networks have looked at: what is known of it, and what they said besides numbers by the thousand. */
export interface Lesson {
  readonly file: string;
  readonly source: string;
  readonly group: string;
  readonly kind: string;
  readonly expected: string;
  readonly reason: string;
  readonly age: number | null;
  readonly origin: string;
  /** How the picture was changed: `plain`, `mirrored`, or what was drawn on it. */
  readonly variant: string;
  /** Families of what was drawn on it. */
  readonly families: readonly string[];
  readonly truth: Truth;
  readonly score: number;
  readonly flag: number;
  readonly meshYaw: number;
  /** How far the frame is from the face, see `frameGaps`. */
  readonly frame: readonly number[];
  /** Where the crop is. */
  readonly placement: Placement;
}

/** What is kept of each face in files of its own, one row per face. */
export interface Rows {
  /** The surface network's input, 3 x 96 x 96. */
  readonly crop: Uint8Array;
  /** FaceMesh's activations. */
  readonly activations: Float32Array;
  /** The face's colours. */
  readonly tints: Float32Array;
  /** The mesh's points in its levelled input. */
  readonly levelled: Float32Array;
  /** What was drawn at each place of the crop, 48 x 48; see `surface-labels.ts`. */
  readonly drawn: Uint8Array;
}

const ROWS = ['crop', 'activations', 'tints', 'levelled', 'drawn'] as const satisfies readonly (keyof Rows)[];

/** Writes a set of faces: `<name>.json` with what is known, and a file of raw numbers for each of the rows. */
export class LessonWriter {
  readonly #lessons: Lesson[] = [];
  readonly #files: Readonly<Record<keyof Rows, number>>;
  readonly #path: string;

  constructor(folder: string, name: string) {
    mkdirSync(folder, { recursive: true });
    this.#path = join(folder, name);
    this.#files = Object.fromEntries(
      ROWS.map((row) => [row, openSync(`${this.#path}.${row}`, 'w')]),
    ) as Record<keyof Rows, number>;
  }

  get count(): number {
    return this.#lessons.length;
  }

  add(lesson: Lesson, rows: Rows): void {
    this.#lessons.push(lesson);
    for (const row of ROWS) writeSync(this.#files[row], rows[row]);
  }

  /** @param key what the set was made from; see {@link readLessons} */
  async finish(key: string): Promise<void> {
    for (const row of ROWS) closeSync(this.#files[row]);
    await writeFile(`${this.#path}.json`, JSON.stringify({ key, lessons: this.#lessons }));
  }
}

/** The faces of a set that was made from the same; null where there is none. */
export async function readLessons(folder: string, name: string, key: string): Promise<Lesson[] | null> {
  const known = await readFile(join(folder, `${name}.json`), 'utf8').then(JSON.parse, () => null);
  return known?.key === key ? known.lessons : null;
}
