/** What the page and the worker that packs say to each other. */

/** A file of the archive. */
export interface ZipFile {
  readonly name: string;
  readonly file: Blob;
}

/** The archive; null where a file could not be read any more. */
export type ZipAnswer = Blob | null;
