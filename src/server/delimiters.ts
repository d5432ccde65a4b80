/** Counting the parts of a form before it is parsed. */
import { DetectError } from '../errors.ts';

/** What every part begins with, but for the first. */
const DELIMITER = Buffer.from('\r\n--');
/** The parser makes streams for every part, also beyond its limits. Pictures hold these four bytes by accident, once. */
const MOST_DELIMITERS = 64;

/** Counts the beginnings of parts in a body that comes in pieces. */
export class Delimiters {
  #count = 0;
  /** The last bytes of what came, in which a delimiter may have begun. */
  #tail: Buffer = Buffer.alloc(0);

  /**
   * Looks at the next piece.
   *
   * @throws DetectError `body.invalid` for more parts than any form has
   */
  add(piece: Buffer): void {
    const seam = Buffer.concat([this.#tail, piece.subarray(0, DELIMITER.length - 1)]);
    this.#look(seam);
    this.#look(piece);
    this.#tail = (piece.length < DELIMITER.length ? seam : piece).subarray(-(DELIMITER.length - 1));
  }

  #look(bytes: Buffer): void {
    for (let at = bytes.indexOf(DELIMITER); at !== -1; at = bytes.indexOf(DELIMITER, at + DELIMITER.length)) {
      if (++this.#count > MOST_DELIMITERS) throw new DetectError('body.invalid');
    }
  }
}
