/** The folders that an agent may read pictures from and write them into. */
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMMAND_DETAILS, DetectError, fill } from '../errors.ts';

/** Nothing outside of these is opened, by whatever path or link; nor is told whether it is there. */
export class Folders {
  /** As they were named, and what they really are. */
  readonly #named: readonly string[];
  readonly #real: readonly string[];

  private constructor(named: readonly string[], real: readonly string[]) {
    this.#named = named;
    this.#real = real;
  }

  /**
   * @param folders as they were named; paths of pictures are meant to begin in the first
   * @throws DetectError `option.invalid` for what is not a folder
   */
  static async open(folders: readonly string[]): Promise<Folders> {
    const named = folders.map((folder) => resolve(folder));
    const real: string[] = [];
    for (const folder of named) {
      try {
        if (!(await stat(folder)).isDirectory()) throw new Error('it is not a folder');
        real.push(await realpath(folder));
      } catch (cause) {
        throw new DetectError('option.invalid', fill(COMMAND_DETAILS.notFolder, { folder }), { cause });
      }
    }
    return new Folders(named, real);
  }

  /**
   * The folders that hold where none is named: the one that the program was started in, unless that is the whole disk, as where a
   * desktop starts it.
   */
  static usual(cwd: string): readonly string[] {
    return parse(cwd).root === cwd ? [] : [cwd];
  }

  /** What a file is really called. @throws DetectError `file.unreadable` */
  async forReading(path: string): Promise<string> {
    const absolute = this.#absolute(path, 'file.unreadable');
    try {
      return this.#check(await realpath(absolute), 'file.unreadable');
    } catch (cause) {
      throw cause instanceof DetectError
        ? cause
        : new DetectError('file.unreadable', fill(COMMAND_DETAILS.noFileToRead, { path: absolute }), {
            cause,
          });
    }
  }

  /** Where a new file is really going to be. @throws DetectError `file.unwritable`, also where its folder is not there */
  async forWriting(path: string): Promise<string> {
    const absolute = this.#absolute(path, 'file.unwritable');
    try {
      const folder = this.#check(await realpath(dirname(absolute)), 'file.unwritable');
      return join(folder, basename(absolute));
    } catch (cause) {
      throw cause instanceof DetectError
        ? cause
        : new DetectError('file.unwritable', fill(COMMAND_DETAILS.noFolder, { path: dirname(absolute) }), {
            cause,
          });
    }
  }

  #absolute(path: string, code: 'file.unreadable' | 'file.unwritable'): string {
    const [first] = this.#named;
    if (first === undefined) {
      throw new DetectError(code, COMMAND_DETAILS.noFolderAllowed);
    }
    const absolute = resolve(first, asPath(path, code));
    if (![...this.#named, ...this.#real].some((folder) => isWithin(folder, absolute)))
      throw this.#outside(code);
    return absolute;
  }

  #check(real: string, code: 'file.unreadable' | 'file.unwritable'): string {
    if (this.#real.some((folder) => isWithin(folder, real))) return real;
    throw this.#outside(code);
  }

  #outside(code: 'file.unreadable' | 'file.unwritable'): DetectError {
    return new DetectError(code, fill(COMMAND_DETAILS.outsideFolders, { folders: this.#named.join(', ') }));
  }
}

function asPath(path: string, code: 'file.unreadable' | 'file.unwritable'): string {
  try {
    if (path !== '' && !path.includes('\0')) return /^file:/i.test(path) ? fileURLToPath(path) : path;
  } catch {
    // It is an address of something else.
  }
  throw new DetectError(code, COMMAND_DETAILS.notPath);
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}
