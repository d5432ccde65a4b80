/** Longest prefix code (RFC 9649, 3.7.2.1.2). */
const MAX_CODE_BITS = 15;
/** Symbols of the code lengths' own code, in the order in which the file has them (RFC 9649, 3.7.2.1.2). */
const LENGTH_ORDER = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
/** Repeats of a code length: the last one, or zero; extra bits and the least number. */
const REPEATS = { 16: [2, 3], 17: [3, 3], 18: [7, 11] } as const;
const FIRST_LENGTH = 8;

/** What a lossless stream turns out to be where it cannot be followed: the decoder will refuse it. */
export class Unreadable extends Error {}

/** Reads bits, the lowest of a byte first. */
export class BitReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #at: number;
  #bits = 0;
  #count = 0;

  /** @param end the first byte that is not part of the stream */
  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  /**
   * @param count up to 24
   * @throws Unreadable past the end
   */
  read(count: number): number {
    const value = this.peek(count);
    this.skip(count);
    return value;
  }

  /** The next bits, zeros where there are none left. */
  peek(count: number): number {
    while (this.#count < count) {
      if (this.#at < this.#end) this.#bits |= this.#bytes[this.#at] << this.#count;
      this.#at++;
      this.#count += 8;
    }
    return this.#bits & ((1 << count) - 1);
  }

  /** Passes over bits that have been peeked at. */
  skip(count: number): void {
    this.#bits >>>= count;
    this.#count -= count;
    if (this.#at - (this.#count >> 3) > this.#end) throw new Unreadable();
  }
}

/** A prefix code: what the next bits stand for. */
export class PrefixCode {
  readonly #bits: number;
  /** For every value of the next bits, the symbol times 16 and the length of its code. */
  readonly #table: Uint16Array;

  private constructor(lengths: Uint8Array) {
    const used = lengths.reduce((sum, length) => sum + (length > 0 ? 1 : 0), 0);
    if (used === 0) throw new Unreadable();
    if (used === 1) {
      // A single symbol takes no bits.
      this.#bits = 0;
      this.#table = Uint16Array.of(lengths.findIndex((length) => length > 0) << 4);
      return;
    }
    this.#bits = lengths.reduce((most, length) => Math.max(most, length), 0);
    this.#table = new Uint16Array(1 << this.#bits);
    let code = 0;
    for (let length = 1; length <= this.#bits; length++, code <<= 1) {
      for (let symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] !== length) continue;
        if (code >= 1 << length) throw new Unreadable();
        for (let at = reverse(code, length); at < this.#table.length; at += 1 << length) {
          this.#table[at] = (symbol << 4) | length;
        }
        code++;
      }
    }
    if (code !== 2 << this.#bits) throw new Unreadable();
  }

  /** True when nothing is read for a symbol. */
  get isConstant(): boolean {
    return this.#bits === 0;
  }

  /** The next symbol. */
  symbol(reader: BitReader): number {
    const entry = this.#table[reader.peek(this.#bits)];
    reader.skip(entry & 15);
    return entry >> 4;
  }

  /** Reads a code for symbols below `size` (RFC 9649, 3.7.2.1). */
  static read(reader: BitReader, size: number): PrefixCode {
    return new PrefixCode(reader.read(1) === 1 ? readSimple(reader, size) : readLengths(reader, size));
  }

  /** A code of given lengths, by symbol. */
  static of(lengths: Uint8Array): PrefixCode {
    return new PrefixCode(lengths);
  }
}

function readSimple(reader: BitReader, size: number): Uint8Array {
  const lengths = new Uint8Array(Math.max(size, 256));
  const hasTwo = reader.read(1) === 1;
  lengths[reader.read(reader.read(1) === 1 ? 8 : 1)] = 1;
  if (hasTwo) lengths[reader.read(8)] = 1;
  return lengths;
}

function readLengths(reader: BitReader, size: number): Uint8Array {
  const ofLengths = new Uint8Array(LENGTH_ORDER.length);
  const count = 4 + reader.read(4);
  for (let i = 0; i < count; i++) ofLengths[LENGTH_ORDER[i]] = reader.read(3);
  const code = PrefixCode.of(ofLengths);
  let left = size;
  if (reader.read(1) === 1) left = Math.min(left, 2 + reader.read(2 + 2 * reader.read(3)));

  const lengths = new Uint8Array(size);
  let last = FIRST_LENGTH;
  for (let symbol = 0; symbol < size && left > 0; left--) {
    const length = code.symbol(reader);
    if (length <= MAX_CODE_BITS) {
      lengths[symbol++] = length;
      if (length > 0) last = length;
      continue;
    }
    const [bits, least] = REPEATS[length as keyof typeof REPEATS];
    const end = symbol + least + reader.read(bits);
    if (end > size) throw new Unreadable();
    if (length === 16) lengths.fill(last, symbol, end);
    symbol = end;
  }
  return lengths;
}

function reverse(code: number, length: number): number {
  let reversed = 0;
  for (let i = 0; i < length; i++) reversed |= ((code >> i) & 1) << (length - 1 - i);
  return reversed;
}
