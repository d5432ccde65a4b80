import { type BigIntStats, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';
import { pathOf } from './file-name.ts';

/** The files that a run reads. What it writes never goes over one of them, by whatever path or link. */
export class Inputs {
  readonly #files: readonly string[];
  #ids: ReadonlySet<string> | undefined;

  /** @param files paths; one that names no file, as an address does not, is left alone */
  constructor(files: readonly string[]) {
    this.#files = files;
  }

  /** @throws DetectError `file.unwritable` for a path at which one of the files is */
  async spare(path: string): Promise<void> {
    const entry = await stat(pathOf(path), { bigint: true }).catch(() => undefined);
    if (!entry?.isFile()) return;
    // Only once it matters: a run that writes into an empty folder has nothing to compare.
    this.#ids ??= new Set(this.#files.flatMap(idsOf));
    if (!this.#ids.has(idOf(entry))) return;
    throw new DetectError('file.unwritable', fill(COMMAND_DETAILS.given, { path }));
  }
}

function idsOf(file: string): string[] {
  try {
    // In one go: a hundred thousand of them take half a second, and by promises ten.
    const entry = statSync(pathOf(file), { bigint: true, throwIfNoEntry: false });
    return entry ? [idOf(entry)] : [];
  } catch {
    return [];
  }
}

function idOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}
