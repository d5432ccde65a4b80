/** What the page and the worker that converts say to each other. */

/** What a file became. */
export interface Converted {
  /** A JPEG that the contract takes, upright and without metadata. */
  readonly file: Blob;
  readonly width: number;
  readonly height: number;
  /** Whether it has fewer pixels than the given picture. */
  readonly isScaled: boolean;
  /** Of the JPEG, 1 to 100. */
  readonly quality: number;
}

/** Null where this browser cannot open the file, or it is larger than anything that is opened. */
export type ConvertAnswer = Converted | null;
