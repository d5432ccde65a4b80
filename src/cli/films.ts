/** The films that a call names, and their frames. */
import { resolve } from 'node:path';
import { COMMAND_DETAILS, DetectError } from '../errors.ts';
import { type FilmReader, filmReader, isFilmName, START_BYTES } from '../film/container.ts';
import { type FilmFrame, takeFrames } from '../film/frames.ts';
import { pathOf } from './file-name.ts';
import { STDIN } from './files.ts';
import { readStart } from './read-file.ts';
import { asRowError, type Picture } from './run.ts';
import { isUrl } from './urls.ts';

/** A film. */
export interface Film {
  readonly file: string;
  /** Null for what is only called like one. */
  readonly reader: FilmReader | null;
}

/** Arguments, the films apart from all others. */
export interface Arguments {
  readonly films: readonly Film[];
  /** Pictures, folders, patterns and addresses. */
  readonly others: readonly string[];
}

/** Tells films from the rest by their first bytes, each film once. */
export async function findFilms(names: readonly string[]): Promise<Arguments> {
  const films = new Map<string, Film>();
  const others: string[] = [];
  for (const file of names) {
    const isFile = file !== STDIN && !isUrl(file);
    // What cannot be read is told with the pictures.
    const start = isFile ? await readStart(file, START_BYTES).catch(() => null) : null;
    const reader = start && filmReader(start);
    if (reader !== null || (start !== null && isFilmName(file))) films.set(file, { file, reader });
    else others.push(file);
  }
  return { films: [...films.values()], others };
}

/** A frame, or what kept all of them from being taken. */
type Taken = { readonly film: string } & (FilmFrame | { readonly problem: DetectError });

/** Frames of films, as pictures that are inspected like any others: one film in memory after another. */
export class Frames {
  readonly #taken = new Map<string, Taken>();
  readonly #signal: AbortSignal;
  readonly #onCutShort: (film: string) => Promise<void>;

  /**
   * @param signal     ends the search for frames
   * @param onCutShort told of films whose end was not reached
   */
  constructor(signal: AbortSignal, onCutShort: (film: string) => Promise<void>) {
    this.#signal = signal;
    this.#onCutShort = onCutShort;
  }

  /**
   * The frames of films; a film of which there are none is one picture that cannot be read.
   *
   * @throws DetectError `film.no_ffmpeg`
   */
  async *picturesOf(films: readonly Film[]): AsyncGenerator<Picture> {
    for (const film of films) {
      const taken = await this.#take(film);
      for (const [at, one] of taken.entries()) {
        // No path has a zero in it, so none is called like a frame.
        const key = `${film.file}\0${at}`;
        this.#taken.set(key, one);
        yield { file: key, name: film.file };
      }
    }
  }

  /** The bytes of a frame; undefined for what is not a frame. @throws DetectError why there are none */
  read(key: string): Uint8Array | undefined {
    const taken = this.#taken.get(key);
    if (taken === undefined) return undefined;
    if ('problem' in taken) throw taken.problem;
    return taken.jpeg;
  }

  /** Which film and which time, once; undefined for what is not a frame. Its bytes are let go. */
  release(key: string): { readonly film: string; readonly seconds: number } | undefined {
    const taken = this.#taken.get(key);
    this.#taken.delete(key);
    return taken && { film: taken.film, seconds: 'seconds' in taken ? taken.seconds : 0 };
  }

  async #take({ file, reader }: Film): Promise<Taken[]> {
    try {
      if (reader === null) throw new DetectError('film.unsupported');
      const path = pathOf(resolve(file));
      if (typeof path !== 'string') throw new DetectError('film.unreadable', COMMAND_DETAILS.filmName);
      const { frames, isCutShort } = await takeFrames({ path, reader }, this.#signal);
      if (isCutShort) await this.#onCutShort(file);
      return frames.map((frame) => ({ ...frame, film: file }));
    } catch (error) {
      const problem = asRowError(error);
      // The next film would not do better, and neither would the same call.
      if (problem.code === 'film.no_ffmpeg' || this.#signal.aborted) throw problem;
      return [{ film: file, problem }];
    }
  }
}
