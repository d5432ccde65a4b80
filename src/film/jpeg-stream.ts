const END_OF_IMAGE = Buffer.of(0xff, 0xd9);

/**
 * Takes apart JPEGs that follow each other. Theirs come from ffmpeg's encoder, which puts no JPEG into another, and in whose
 * headers and data the mark of the end is nowhere else.
 */
export class JpegStream {
  #pending: Buffer[] = [];
  /** Whether the last byte so far may be the first of the mark. */
  #isHalfMark = false;

  /** @returns the JPEGs that end in this chunk */
  add(chunk: Buffer): Uint8Array[] {
    const found: Uint8Array[] = [];
    let from = 0;
    if (this.#isHalfMark && chunk[0] === END_OF_IMAGE[1]) {
      found.push(this.#take(chunk.subarray(0, 1)));
      from = 1;
    }
    for (let at = chunk.indexOf(END_OF_IMAGE, from); at !== -1; at = chunk.indexOf(END_OF_IMAGE, from)) {
      found.push(this.#take(chunk.subarray(from, at + END_OF_IMAGE.length)));
      from = at + END_OF_IMAGE.length;
    }
    if (from < chunk.length) this.#pending.push(chunk.subarray(from));
    if (chunk.length > 0) this.#isHalfMark = from < chunk.length && chunk.at(-1) === END_OF_IMAGE[0];
    return found;
  }

  #take(end: Buffer): Uint8Array {
    const whole = Buffer.concat([...this.#pending, end]);
    this.#pending = [];
    return whole;
  }
}
