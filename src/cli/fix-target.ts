import { basename, dirname, extname, join } from 'node:path';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import type { Repair, RepairedPicture } from '../repair/repair.ts';
import type { SourceFormat } from '../repair/source.ts';
import { type CliContext, write } from './context.ts';
import { STDIN } from './files.ts';
import { fitting } from './fitting.ts';
import { Inputs } from './inputs.ts';
import type { Picture } from './run.ts';
import { isUrl } from './urls.ts';
import { writeWhole } from './whole-file.ts';

/** Endings that a format goes by; the first one is written. */
const ENDINGS: Readonly<Record<SourceFormat, readonly string[]>> = {
  jpeg: ['.jpg', '.jpeg', '.jpe', '.jfif'],
  png: ['.png', '.apng'],
  webp: ['.webp'],
  bmp: ['.bmp', '.dib'],
  gif: ['.gif'],
  tiff: ['.tif', '.tiff'],
  avif: ['.avif'],
};

/** Where repaired pictures go. */
export interface Target {
  /** Whether a picture goes to standard output, so that nothing else may. */
  readonly isStdout: boolean;
  /**
   * Writes the picture, if there is one that passes.
   *
   * @returns its path; null where there is nothing to write, `-` for standard output
   * @throws DetectError `file.unwritable`
   */
  write(picture: Picture, result: Repair): Promise<string | null>;
}

/** What is known of the call. */
export interface TargetOptions {
  /** The argument of `-o`. */
  readonly output: string | undefined;
  /** Whether that is a folder. */
  readonly isFolder: boolean;
  /** Whether there are, or could be, several pictures. */
  readonly isMany: boolean;
}

/**
 * Decides where repaired pictures go: one to a file, or beside itself, or to standard output if it came from
 * standard input; many below a folder, under their paths below the folder that was named. No input is overwritten.
 *
 * @throws DetectError `call.invalid` when many are to go nowhere, or into one file
 */
export function createTarget(
  { stdout }: CliContext,
  inputs: readonly Picture[],
  { output, isFolder, isMany }: TargetOptions,
): Target {
  if (isMany && (output === undefined || output === STDIN)) {
    throw new DetectError('call.invalid', COMMAND_DETAILS.severalPictures);
  }
  const isStdout = output === STDIN || (output === undefined && inputs[0]?.file === STDIN);
  const own = new Inputs(inputs.map(({ file }) => file));
  const taken = new Set<string>();
  const pathFor = ({ file, name }: Picture, { format }: RepairedPicture) => {
    if (output === undefined) return besides(isUrl(file) ? name : file, format);
    return isMany || isFolder ? fitting(join(output, withEnding(name, format))) : output;
  };
  return {
    isStdout,
    async write(picture, { picture: repaired }) {
      if (repaired === null) return null;
      if (isStdout) {
        await write(stdout, repaired.bytes);
        return STDIN;
      }
      const path = pathFor(picture, repaired);
      await own.spare(path);
      if (taken.has(path)) throw new DetectError('file.unwritable', fill(COMMAND_DETAILS.taken, { path }));
      taken.add(path);
      await writeWhole(path, repaired.bytes);
      return path;
    },
  };
}

/** `photos/a.heic` as JPEG becomes `photos/a.fixed.jpg`. */
function besides(file: string, format: SourceFormat): string {
  const name = basename(file, extname(file));
  return fitting(join(dirname(file), `${name}.fixed${ENDINGS[format][0]}`));
}

/** `a.jpeg` stays, `a.gif` as PNG becomes `a.gif.png`: so `a.gif` and `a.tif` do not meet. */
export function withEnding(name: string, format: SourceFormat): string {
  return ENDINGS[format].includes(extname(name).toLowerCase()) ? name : `${name}${ENDINGS[format][0]}`;
}
