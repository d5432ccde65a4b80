import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One labelled picture of a portraits folder. */
export interface LabelledPicture {
  /** Path below the folder. */
  readonly file: string;
  readonly group: string;
  readonly expected: 'pass' | 'fail' | 'either';
  readonly reason: string;
  /** The head's true yaw in degrees where known; its sign differs between sources. */
  readonly yaw: number | null;
  /** The head's true pitch in degrees where the note gives it. */
  readonly pitch: number | null;
  /** Where the picture is from: training and testing are split by this. */
  readonly source: string;
  readonly note: string;
  /** Width of the labelled face in pixels of the picture as stored, where the note tells it; it is in the middle. */
  readonly faceWidth: number | null;
}

/** Crops of this size are filled by the face. */
const CLOSE_CROP = 120;

function faceWidthOf(note: string): number | null {
  const width = /facebox=(\d+)x/.exec(note)?.[1];
  if (width !== undefined) return Number(width);
  return note.includes(`${CLOSE_CROP}px crop`) ? CLOSE_CROP : null;
}

const COLUMNS = ['file', 'group', 'expected', 'reason', 'yaw_deg', 'source', 'source_path', 'note'];

/**
 * Reads `manifest.tsv` of a folder of labelled portraits.
 *
 * @throws Error when its columns are not the expected ones
 */
export async function readManifest(folder: string): Promise<LabelledPicture[]> {
  const [head, ...lines] = (await readFile(join(folder, 'manifest.tsv'), 'utf8')).trimEnd().split('\n');
  if (head !== COLUMNS.join('\t')) throw new Error(`manifest.tsv has the columns ${head}`);
  return lines.map((line) => {
    const [file, group, expected, reason, yaw, source, , note = ''] = line.split('\t');
    if (expected !== 'pass' && expected !== 'fail' && expected !== 'either')
      throw new Error(`${file} is expected to "${expected}"`);
    const pitch = /pitch=(-?\d+)/.exec(note)?.[1];
    return {
      file,
      group,
      expected,
      reason,
      yaw: yaw === '' ? null : Number(yaw),
      pitch: pitch === undefined ? null : Number(pitch),
      source,
      note,
      faceWidth: faceWidthOf(note),
    };
  });
}
