import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Label, parseManifest } from '../src/evaluation/manifest.ts';

/** The classes of labelled pictures, and which they are. */
const CLASSES: readonly { readonly name: string; has(label: Label): boolean }[] = [
  { name: 'usable', has: ({ expected }) => expected === 'pass' },
  { name: 'covered', has: ({ group, expected }) => group === 'obstructed' && expected === 'fail' },
  { name: 'profile', has: ({ reason, expected }) => reason === 'profile' && expected === 'fail' },
  { name: 'animals', has: ({ group, expected }) => group === 'animal' && expected === 'fail' },
  { name: 'no people', has: ({ group, expected }) => group === 'noface' && expected === 'fail' },
  { name: 'too small', has: ({ group, expected }) => group === 'small' && expected === 'fail' },
];

/** Some pictures of a class. */
export interface PictureClass {
  readonly name: string;
  /** Whether they should pass. */
  readonly isUsable: boolean;
  /** Paths of the files. */
  readonly files: readonly string[];
}

/**
 * Pictures of each class, spread evenly over those that there are.
 *
 * @param manifest path of a list of labels
 * @param limit    the most of a class
 * @throws DetectError `manifest.invalid`
 */
export async function readClasses(manifest: string, limit: number): Promise<PictureClass[]> {
  const labels = parseManifest(await readFile(manifest, 'utf8'));
  const firstClassOf = (label: Label) => CLASSES.find(({ has }) => has(label));
  return CLASSES.map((one, i) => {
    const all = labels.filter((label) => firstClassOf(label) === one);
    const step = Math.max(1, all.length / limit);
    const some = all.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
    return {
      name: one.name,
      isUsable: i === 0,
      files: some.map(({ file }) => join(dirname(manifest), file)),
    };
  });
}
