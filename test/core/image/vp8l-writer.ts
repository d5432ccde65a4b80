/** Lossless WebP streams, written bit by bit (RFC 9649, 3). */
import { riffChunk, webp } from './header-writer.ts';

const LEVELS = 256;
const CODE_BITS = 8;

/** Bits, the lowest of a byte first. */
class BitWriter {
  readonly #bytes: number[] = [];
  #byte = 0;
  #count = 0;

  write(value: number, count: number): void {
    for (let i = 0; i < count; i++) {
      this.#byte |= ((value >>> i) & 1) << this.#count++;
      if (this.#count < 8) continue;
      this.#bytes.push(this.#byte);
      this.#byte = 0;
      this.#count = 0;
    }
  }

  end(): Buffer {
    if (this.#count > 0) this.write(0, 8 - this.#count);
    return Buffer.from(this.#bytes);
  }
}

/** A code of the one symbol 0, which takes no bits. */
function writeConstant(out: BitWriter): void {
  out.write(0b0001, 4);
}

/** A code of 256 symbols of 8 bits each. */
function writeUniform(out: BitWriter): void {
  out.write(0, 1);
  // Twelve lengths of the lengths' code: of these only "8" is there, the twelfth in order.
  out.write(8, 4);
  out.write(0, 33);
  out.write(1, 3);
  out.write(1, 1);
  out.write(3, 3);
  out.write(LEVELS - 2, 8);
}

function writeLevel(out: BitWriter, level: number): void {
  for (let i = CODE_BITS - 1; i >= 0; i--) out.write(level >> i, 1);
}

/**
 * A black picture whose tiles of 4 x 4 pixels use these many groups of codes in turn.
 *
 * @param edge a multiple of 4
 */
export function groupsOfCodes(edge: number, groups: number): Buffer {
  const out = new BitWriter();
  out.write(0x2f, 8);
  out.write(edge - 1, 14);
  out.write(edge - 1, 14);
  out.write(0, 4);
  // No transform, no cache; then groups of codes, for tiles of 4 x 4, told by a picture that has no cache either.
  for (const [value, count] of [
    [0, 1],
    [0, 1],
    [1, 1],
    [0, 3],
    [0, 1],
  ])
    out.write(value, count);
  writeUniform(out);
  writeUniform(out);
  for (let i = 0; i < 3; i++) writeConstant(out);
  for (let tile = 0; tile < (edge / 4) ** 2; tile++) {
    const group = tile % groups;
    writeLevel(out, group & (LEVELS - 1));
    writeLevel(out, group >> CODE_BITS);
  }
  for (let i = 0; i < groups * 5; i++) writeConstant(out);
  return webp(riffChunk('VP8L', out.end()));
}
