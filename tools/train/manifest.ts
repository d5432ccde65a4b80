import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One labelled picture of a portraits folder. */
export interface LabelledPicture {
  /** The folder that `file` is in. */
  readonly folder: string;
  /** Path below the folder. */
  readonly file: string;
  readonly group: string;
  readonly expected: 'pass' | 'fail' | 'either';
  readonly reason: string;
  /** What it is exactly, where the manifest says so: `dark_glasses`, `harmless_beard` … */
  readonly kind: string;
  /** The head's true yaw in degrees where known; its sign differs between sources. */
  readonly yaw: number | null;
  /** Where the picture is from: training and testing are split by this. */
  readonly source: string;
  readonly note: string;
  /** Width of the labelled face in pixels of the picture as stored, where the note tells it; it is in the middle. */
  readonly faceWidth: number | null;
  /** Years, and origin as the data set has it; for comparing groups only. */
  readonly age: number | null;
  readonly origin: string;
}

/** The group of tightly cut faces, which are clear but for about one in 250. */
export const CROPS = 'crop';

/** Crops of this size are filled by the face. */
const CLOSE_CROP = 120;

function faceWidthOf(note: string): number | null {
  const width = /facebox=(\d+)x/.exec(note)?.[1];
  if (width !== undefined) return Number(width);
  return note.includes(`${CLOSE_CROP}px crop`) ? CLOSE_CROP : null;
}

/**
 * Reads `manifest.tsv` of a folder of labelled portraits, and `crops.tsv` where it has one.
 *
 * @throws Error when a needed column is missing
 */
export async function readManifest(folder: string): Promise<LabelledPicture[]> {
  const labelled = await readRows(join(folder, 'manifest.tsv'));
  const crops = await readRows(join(folder, 'crops.tsv')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return [
    ...labelled.map((row) => describe(folder, row)),
    ...crops.map((row) => describe(folder, { ...row, group: CROPS, expected: 'pass' })),
  ];
}

type Row = Readonly<Record<string, string>>;

async function readRows(path: string): Promise<Row[]> {
  const [head, ...lines] = (await readFile(path, 'utf8')).trimEnd().split('\n');
  const columns = head.split('\t');
  for (const needed of ['file', 'source']) {
    if (!columns.includes(needed)) throw new Error(`${path} has no column "${needed}"`);
  }
  return lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']));
  });
}

function describe(folder: string, row: Row): LabelledPicture {
  const { file, expected, note = '' } = row;
  if (expected !== 'pass' && expected !== 'fail' && expected !== 'either')
    throw new Error(`${file} is expected to "${expected}"`);
  const number = (text = '') => (text === '' ? null : Number(text));
  return {
    folder,
    file,
    group: row.group,
    expected,
    reason: row.reason ?? '',
    kind: row.kind ?? '',
    yaw: number(row.yaw_deg),
    source: row.source,
    note,
    faceWidth: faceWidthOf(note),
    age: number(row.age),
    origin: row.origin ?? '',
  };
}
